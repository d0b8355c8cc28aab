import type { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { rds } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import type { DatabaseSettings } from '../settings.ts';
import type { Credentials } from './credentials.ts';
import type { DatabaseGround } from './database-ground.ts';

export interface PostgresInstanceProps {
  database: DatabaseSettings;
  ground: DatabaseGround;
  credentials: Credentials;
}

/** PostgreSQL on RDS: one instance of a size, with read replicas where asked for. */
export class PostgresInstance extends Construct {
  readonly identifier: string;
  readonly host: string;
  /** The first replica; RDS has no common endpoint for them. */
  readonly readerHost: string;
  readonly instances: CfnDBInstance[];

  constructor(scope: Construct, id: string, { database, ground, credentials }: PostgresInstanceProps) {
    super(scope, id);
    const { version, instance } = database;
    if (!instance) throw new Error('a database instance needs a class');
    const parameters = new rds.CfnDBParameterGroup(this, 'Parameters', {
      description: 'Connections without TLS are refused',
      family: `postgres${version.split('.')[0]}`,
      parameters: { 'rds.force_ssl': '1' },
    });
    ground.keepWith(parameters);
    const common = {
      dbInstanceClass: instance.class,
      publiclyAccessible: false,
      storageEncrypted: true,
      copyTagsToSnapshot: true,
      vpcSecurityGroups: [ground.securityGroupId],
      dbParameterGroupName: parameters.ref,
      ...ground.monitoring,
    };

    // The id is the address of the data: renaming it would make a new, empty instance.
    const main = new rds.CfnDBInstance(this, 'Instance', {
      ...common,
      engine: 'postgres',
      engineVersion: version,
      // RDS takes another major version with this alone, and takes none by itself. Of a cluster CloudFormation says it.
      allowMajorVersionUpgrade: true,
      ...(database.identifier ? { dbInstanceIdentifier: database.identifier } : {}),
      dbName: database.databaseName,
      masterUsername: credentials.username,
      masterUserPassword: credentials.password,
      port: String(database.port),
      allocatedStorage: String(instance.storageGb),
      storageType: 'gp3',
      multiAz: instance.multiAz,
      dbSubnetGroupName: ground.subnetGroupName,
      backupRetentionPeriod: database.backupDays,
      deleteAutomatedBackups: database.onDelete === 'destroy',
      deletionProtection: database.protect,
      ...(database.exportLogs ? { enableCloudwatchLogsExports: ['postgresql'] } : {}),
    });
    leave(main, database.onDelete);
    const replicas = Array.from({ length: database.readers }, (_, index) => {
      const replica = new rds.CfnDBInstance(this, `Replica${index + 1}`, {
        ...common,
        sourceDbInstanceIdentifier: main.ref,
      });
      leave(replica, database.onDelete === 'retain' ? 'retain' : 'destroy');
      return replica;
    });

    this.identifier = main.ref;
    this.host = main.attrEndpointAddress;
    this.readerHost = (replicas[0] ?? main).attrEndpointAddress;
    this.instances = [main, ...replicas];
    credentials.attach('AWS::RDS::DBInstance', main.ref);
  }
}
