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

  /** Versions of an engine that new databases can have, oldest first; of `16` or `16.4` only those that begin so. */
  async engineVersions(engine: 'aurora-postgresql' | 'postgres', version: string): Promise<string[]> {
    const versions: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await call('rds:DescribeDBEngineVersions', async () =>
        (await this.#rds()).describeDBEngineVersions({ Engine: engine, Marker }),
      );
      versions.push(...(page.DBEngineVersions ?? []).map(({ EngineVersion }) => EngineVersion!));
      Marker = page.Marker;
    } while (Marker !== undefined);
    return versions
      .filter((one) => one === version || one.startsWith(`${version}.`))
      .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  }

  /** Manual snapshots of a cluster, final ones among them; the cluster itself may be gone. */
  async clusterSnapshots(cluster: string): Promise<string[]> {
    const answer = await find('rds:DescribeDBClusterSnapshots', ['DBClusterNotFoundFault'], async () =>
      (await this.#rds()).describeDBClusterSnapshots({ DBClusterIdentifier: cluster, SnapshotType: 'manual' }),
    );
    return (answer?.DBClusterSnapshots ?? []).map(({ DBClusterSnapshotIdentifier }) => DBClusterSnapshotIdentifier!);
  }

  /** Manual snapshots of an instance, final ones among them; the instance itself may be gone. */
  async instanceSnapshots(instance: string): Promise<string[]> {
    const answer = await find('rds:DescribeDBSnapshots', ['DBInstanceNotFound', 'DBInstanceNotFoundFault'], async () =>
      (await this.#rds()).describeDBSnapshots({ DBInstanceIdentifier: instance, SnapshotType: 'manual' }),
    );
    return (answer?.DBSnapshots ?? []).map(({ DBSnapshotIdentifier }) => DBSnapshotIdentifier!);
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
