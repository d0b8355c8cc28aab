import { Construct } from 'constructs';
import { s3 } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { denyPlainText } from '../policy.ts';
import type { OnDelete } from '../setting-values.ts';
import { ENCRYPTED, NEVER_PUBLIC } from './closed-bucket.ts';

/**
 * Regions that an account has to opt into: CloudFront refuses buckets there for its logs.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html
 * https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html
 */
const OPT_IN =
  /^(af-south-1|ap-east-[12]|ap-south-2|ap-southeast-[34567]|ca-west-1|eu-central-2|eu-south-[12]|il-central-1|me-(central|south)-1|mx-central-1)$/;

/** Whether CloudFront can write its logs into a bucket of the region. */
export const takesSiteLogs = (region: string): boolean => !OPT_IN.test(region);

/**
 * Where CloudFront writes who asked for what. It writes by access control lists, which every other bucket of ours has
 * switched off: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-access-logs-bucket-requirements.html
 */
export class SiteLogBucket extends Construct {
  readonly domainName: string;

  constructor(scope: Construct, id: string, { days, onDelete }: { days: number; onDelete: OnDelete }) {
    super(scope, id);
    const bucket = new s3.CfnBucket(this, 'Bucket', {
      bucketEncryption: ENCRYPTED,
      publicAccessBlockConfiguration: NEVER_PUBLIC,
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerPreferred' }] },
      lifecycleConfiguration: { rules: [{ id: 'old-logs', status: 'Enabled', expirationInDays: days }] },
    });
    leave(bucket, onDelete);
    const policy = new s3.CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [denyPlainText('s3:*', [bucket.attrArn, `${bucket.attrArn}/*`])],
      },
    });
    leave(policy, onDelete);
    this.domainName = bucket.attrDomainName;
  }
}
