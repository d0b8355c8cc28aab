import { Construct } from 'constructs';
import type { DatabaseSettings } from '../settings.ts';
import { Aurora } from './aurora.ts';
import { Credentials } from './credentials.ts';
import { DatabaseGround } from './database-ground.ts';
import { DatabaseProxy } from './database-proxy.ts';
import { PostgresInstance } from './postgres-instance.ts';

export interface DatabaseProps {
  database: DatabaseSettings;
  vpcId: string;
  subnetIds: string[];
  proxyName: string;
}

/** One PostgreSQL database with its credentials, and a proxy before it where asked for. */
export class Database extends Construct {
  /** Where applications connect. */
  readonly host: string;
  readonly readerHost: string;
  /** The database itself, past the proxy. */
  readonly endpoint: string;
  readonly identifier: string;
  readonly securityGroupId: string;
  readonly secretArn: string;
  readonly urlSecretArn: string | undefined;

  constructor(scope: Construct, id: string, { database, vpcId, subnetIds, proxyName }: DatabaseProps) {
    super(scope, id);
    const credentials = new Credentials(this, 'Credentials', database);
    const ground = new DatabaseGround(this, 'Ground', { vpcId, subnetIds, database });
    const aurora = database.engine === 'aurora-postgres';
    const server = aurora
      ? new Aurora(this, 'Aurora', { database, ground, credentials })
      : new PostgresInstance(this, 'Postgres', { database, ground, credentials });
    const proxy =
      database.proxy &&
      new DatabaseProxy(this, 'Proxy', {
        name: proxyName,
        target: aurora ? { dbClusterIdentifiers: [server.identifier] } : { dbInstanceIdentifiers: [server.identifier] },
        instances: server.instances,
        secretArn: credentials.secretArn,
        subnetIds,
        ground,
      });

    this.host = proxy ? proxy.host : server.host;
    this.readerHost = server.readerHost;
    this.endpoint = server.host;
    this.identifier = server.identifier;
    this.securityGroupId = ground.securityGroupId;
    this.secretArn = credentials.secretArn;
    this.urlSecretArn = credentials.url(this.host);
  }
}
