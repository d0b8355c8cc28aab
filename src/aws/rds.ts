import type { DBCluster, DBInstance, RDS } from '@aws-sdk/client-rds';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Rds {
  readonly #rds: () => Promise<RDS>;

  constructor(connection: Connection) {
    this.#rds = once(async () => connect((await import('@aws-sdk/client-rds')).RDS, connection));
  }

  async cluster(id: string): Promise<DBCluster | undefined> {
    const answer = await find('rds:DescribeDBClusters', ['DBClusterNotFoundFault'], async () =>
      (await this.#rds()).describeDBClusters({ DBClusterIdentifier: id }),
    );
    return answer?.DBClusters?.[0];
  }

  async instance(id: string): Promise<DBInstance | undefined> {
    const answer = await find('rds:DescribeDBInstances', ['DBInstanceNotFound', 'DBInstanceNotFoundFault'], async () =>
      (await this.#rds()).describeDBInstances({ DBInstanceIdentifier: id }),
    );
    return answer?.DBInstances?.[0];
  }

  async protectCluster(id: string, on: boolean): Promise<void> {
    await call('rds:ModifyDBCluster', async () =>
      (await this.#rds()).modifyDBCluster({ DBClusterIdentifier: id, DeletionProtection: on, ApplyImmediately: true }),
    );
  }

  async protectInstance(id: string, on: boolean): Promise<void> {
    await call('rds:ModifyDBInstance', async () =>
      (await this.#rds()).modifyDBInstance({
        DBInstanceIdentifier: id,
        DeletionProtection: on,
        ApplyImmediately: true,
      }),
    );
  }
}
