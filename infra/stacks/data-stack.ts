import type { Construct } from 'constructs';
import { keepsAccessLogs, LOG_PREFIX } from '../access-logs.ts';
import { AccessLogBucket } from '../constructs/access-log-bucket.ts';
import { Bucket } from '../constructs/bucket.ts';
import { Database } from '../constructs/database.ts';
import { GeneratedSecret } from '../constructs/generated-secret.ts';
import { SharedValues } from '../constructs/shared-values.ts';
import { fitName, pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import { subnetIds, vpcId } from '../placement.ts';
import type { AppSettings, DatabaseSettings } from '../settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** What cannot be made again. Alone in its stack, so that no failure of an application can roll it back (F-05). */
export class DataStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings) {
    super(scope, 'data', settings, {
      description: 'Databases, secrets and buckets',
      stateful: true,
      precious: true,
    });
    for (const [name, database] of Object.entries(settings.databases)) {
      if (database.engine !== 'shared') this.#database(settings, name, database);
    }
    for (const [name, secret] of Object.entries(settings.secrets)) {
      if (secret.source !== 'generated') continue;
      const { arn } = new GeneratedSecret(this, `Secret${pascal(name)}`, secret);
      this.links.tell(outputs.data.secretArn(name), arn);
    }
    const logs = keepsAccessLogs(settings) ? new AccessLogBucket(this, 'AccessLogs', settings) : undefined;
    if (logs) this.links.tell(outputs.data.accessLogBucket, logs.name);
    for (const [name, bucket] of Object.entries(settings.buckets)) {
      const log = logs && { bucket: logs.name, prefix: `${LOG_PREFIX.buckets}${name}/` };
      const made = new Bucket(this, `Bucket${pascal(name)}`, bucket, log);
      // S3 may look whether it is let in when it is told to log.
      if (logs) made.resource.addResourceDependency(logs.policy);
      this.links.tell(outputs.data.bucketName(name), made.name);
    }
  }

  #database(settings: AppSettings, name: string, database: DatabaseSettings) {
    const { links } = this;
    const made = new Database(this, `Database${pascal(name)}`, {
      database,
      vpcId: vpcId(links, settings),
      subnetIds: subnetIds(links, settings, database.subnets),
      proxyName: fitName(`${settings.project}-${settings.environment}-${name}`, 60),
    });
    const { data } = outputs;
    links.tell(data.databaseHost(name), made.host);
    links.tell(data.databaseEndpoint(name), made.endpoint);
    links.tell(data.databaseIdentifier(name), made.identifier);
    links.tell(data.databaseSecurityGroup(name), made.securityGroupId);
    links.tell(data.databaseSecretArn(name), made.secretArn);
    if (database.readers > 0) links.tell(data.databaseReaderHost(name), made.readerHost);
    if (made.urlSecretArn) links.tell(data.databaseUrlSecretArn(name), made.urlSecretArn);
    const { sharing, databases } = settings;
    // Consumers know of one database: the first.
    if (sharing.mode !== 'export' || name !== Object.keys(databases)[0]) return;
    new SharedValues(this, 'Shared', {
      prefix: sharing.prefix,
      values: {
        'database/cluster-endpoint': made.endpoint,
        'database/security-group-id': made.securityGroupId,
        ...(database.proxy ? { 'database/proxy-endpoint': made.host } : {}),
        // Whoever creates a consumer's database needs the master's rights for it.
        'database/master-secret-arn': made.secretArn,
      },
    });
  }
}
