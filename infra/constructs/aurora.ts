import type { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { rds } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import type { DatabaseSettings } from '../settings.ts';
import type { Credentials } from './credentials.ts';
import type { DatabaseGround } from './database-ground.ts';

const ENGINE = 'aurora-postgresql';

export interface AuroraProps {
  database: DatabaseSettings;
  ground: DatabaseGround;
  credentials: Credentials;
}

/** Aurora PostgreSQL, serverless v2: one writer, readers that scale with it. */
export class Aurora extends Construct {
  readonly identifier: string;
  readonly host: string;
  readonly readerHost: string;
  readonly instances: CfnDBInstance[];

  constructor(scope: Construct, id: string, { database, ground, credentials }: AuroraProps) {
    super(scope, id);
    const { version, capacity } = database;
    if (!capacity) throw new Error('an Aurora database needs a capacity');
    const parameters = new rds.CfnDBClusterParameterGroup(this, 'Parameters', {
      description: 'Connections without TLS are refused',
      family: `${ENGINE}${version.split('.')[0]}`,
      parameters: { 'rds.force_ssl': '1' },
    });
    ground.keepWith(parameters);

    // The id is the address of the data: renaming it would make a new, empty cluster.
    const cluster = new rds.CfnDBCluster(this, 'Cluster', {
      engine: ENGINE,
      engineVersion: version,
      ...(database.identifier ? { dbClusterIdentifier: database.identifier } : {}),
      databaseName: database.databaseName,
      masterUsername: credentials.username,
      masterUserPassword: credentials.password,
      port: database.port,
      dbSubnetGroupName: ground.subnetGroupName,
      vpcSecurityGroupIds: [ground.securityGroupId],
      dbClusterParameterGroupName: parameters.ref,
      serverlessV2ScalingConfiguration: {
        minCapacity: capacity.min,
        maxCapacity: capacity.max,
        ...(capacity.pauseAfterSeconds === undefined ? {} : { secondsUntilAutoPause: capacity.pauseAfterSeconds }),
      },
      storageEncrypted: true,
      backupRetentionPeriod: database.backupDays,
      copyTagsToSnapshot: true,
      deletionProtection: database.protect,
      ...(database.exportLogs ? { enableCloudwatchLogsExports: ['postgresql'] } : {}),
    });
    leave(cluster, database.onDelete);
    this.identifier = cluster.ref;
    this.host = cluster.attrEndpointAddress;
    this.readerHost = cluster.attrReadEndpointAddress;

    const instance = (name: string, promotionTier: number) => {
      const made = new rds.CfnDBInstance(this, name, {
        engine: ENGINE,
        dbClusterIdentifier: cluster.ref,
        dbInstanceClass: 'db.serverless',
        publiclyAccessible: false,
        // Tiers 0 and 1 keep the writer's capacity, so that a failover loses nothing.
        promotionTier,
        ...ground.monitoring,
      });
      // Its data is the cluster's, which decides what stays.
      leave(made, database.onDelete === 'retain' ? 'retain' : 'destroy');
      return made;
    };
    const writer = instance('Writer', 0);
    const readers = Array.from({ length: database.readers }, (_, index) => {
      const reader = instance(`Reader${index + 1}`, 1);
      reader.addResourceDependency(writer);
      return reader;
    });
    this.instances = [writer, ...readers];
    credentials.attach('AWS::RDS::DBCluster', cluster.ref);
  }
}
