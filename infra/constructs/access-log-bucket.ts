import type { CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { LOG_PREFIX } from '../access-logs.ts';
import { core, regions, s3 } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { denyPlainText } from '../policy.ts';
import type { AppSettings } from '../settings.ts';
import { ENCRYPTED, NEVER_PUBLIC } from './closed-bucket.ts';

/**
 * Where the load balancer and buckets write who asked for what. Encrypted by S3's own keys: load balancers write under
 * no other.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogBucket extends Construct {
  readonly name: string;
  readonly policy: CfnBucketPolicy;

  constructor(scope: Construct, id: string, { account, region, observability }: AppSettings) {
    super(scope, id);
    const { logRetentionDays, logsOnDelete } = observability;
    const bucket = new s3.CfnBucket(this, 'Bucket', {
      bucketEncryption: ENCRYPTED,
      publicAccessBlockConfiguration: NEVER_PUBLIC,
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      lifecycleConfiguration: { rules: [{ id: 'old-logs', status: 'Enabled', expirationInDays: logRetentionDays }] },
    });
    leave(bucket, logsOnDelete);
    const objects = (path: string) => `${bucket.attrArn}/${path}`;
    this.policy = new s3.CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          denyPlainText('s3:*', [bucket.attrArn, objects('*')]),
          {
            Sid: 'LoadBalancers',
            Effect: 'Allow',
            Principal: balancers(region),
            Action: 's3:PutObject',
            Resource: objects(`${LOG_PREFIX.balancer}/AWSLogs/${account}/*`),
          },
          {
            Sid: 'Buckets',
            Effect: 'Allow',
            Principal: { Service: 'logging.s3.amazonaws.com' },
            Action: 's3:PutObject',
            Resource: objects(`${LOG_PREFIX.buckets}*`),
            Condition: { StringEquals: { 'aws:SourceAccount': account } },
          },
        ],
      },
    });
    leave(this.policy, logsOnDelete);
    this.name = bucket.ref;
  }
}

/**
 * One principal in every region since August 2022; the account that older regions wanted is let in as well where there
 * is one, as people met load balancers that still try the bucket from it.
 */
function balancers(region: string): Record<string, string> {
  const account = regions.RegionInfo.get(region).elbv2Account;
  return {
    Service: 'logdelivery.elasticloadbalancing.amazonaws.com',
    ...(account === undefined ? {} : { AWS: `arn:${core.Aws.PARTITION}:iam::${account}:root` }),
  };
}
