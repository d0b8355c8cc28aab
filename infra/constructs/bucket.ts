import type { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { BucketLog } from '../access-logs.ts';
import { s3 } from '../aws-cdk.ts';
import { POLICY_KEY } from '../bucket-policy-owner.ts';
import { leave } from '../leave.ts';
import { denyPlainText } from '../policy.ts';
import type { BucketSettings } from '../settings.ts';
import { ENCRYPTED, NEVER_PUBLIC } from './closed-bucket.ts';

/** A bucket for the application's own objects: encrypted, over TLS only, private unless it says otherwise. */
export class Bucket extends Construct {
  readonly name: string;
  /** For what has to be there before it. */
  readonly resource: CfnBucket;
  /** For CloudFront: the name without a region is answered with redirects for hours after its creation. */
  readonly regionalDomainName: string;

  constructor(scope: Construct, id: string, settings: BucketSettings, log?: BucketLog) {
    super(scope, id);
    const { access, policyOwner, versioned, corsOrigins, onDelete } = settings;
    const open = access === 'public-read';

    // The id is the address of the objects: renaming it would make a new, empty bucket.
    const bucket = new s3.CfnBucket(this, 'Bucket', {
      bucketEncryption: ENCRYPTED,
      publicAccessBlockConfiguration: {
        ...NEVER_PUBLIC,
        blockPublicPolicy: !open,
        restrictPublicBuckets: !open,
      },
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      ...(versioned ? { versioningConfiguration: { status: 'Enabled' } } : {}),
      lifecycleConfiguration: { rules: lifecycle(settings) },
      ...(corsOrigins.length > 0 ? { corsConfiguration: cors(corsOrigins) } : {}),
      ...(log ? { loggingConfiguration: { destinationBucketName: log.bucket, logFilePrefix: log.prefix } } : {}),
    });
    leave(bucket, onDelete);
    this.resource = bucket;
    this.name = bucket.ref;
    this.regionalDomainName = bucket.attrRegionalDomainName;

    if (policyOwner !== 'data') {
      bucket.cfnOptions.metadata = { [POLICY_KEY]: 'sites' };
      return;
    }
    const objects = `${bucket.attrArn}/*`;
    const read = { Sid: 'PublicRead', Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: objects };
    const policy = new s3.CfnBucketPolicy(this, 'Policy', {
      bucket: bucket.ref,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [denyPlainText('s3:*', [bucket.attrArn, objects]), ...(open ? [read] : [])],
      },
    });
    // A bucket that stays keeps its rules.
    leave(policy, onDelete);
  }
}

function lifecycle({ versioned, expireOldVersionsDays, infrequentAfterDays }: BucketSettings) {
  return [
    {
      id: 'unfinished-uploads',
      status: 'Enabled',
      abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    },
    ...(infrequentAfterDays === undefined
      ? []
      : [
          {
            id: 'infrequent-access',
            status: 'Enabled',
            transitions: [{ storageClass: 'STANDARD_IA', transitionInDays: infrequentAfterDays }],
          },
        ]),
    ...(versioned && expireOldVersionsDays !== undefined
      ? [
          {
            id: 'old-versions',
            status: 'Enabled',
            noncurrentVersionExpiration: { noncurrentDays: expireOldVersionsDays },
          },
        ]
      : []),
  ];
}

/** What a browser needs for uploads with a presigned URL (S1-88). */
const cors = (origins: readonly string[]) => ({
  corsRules: [
    {
      allowedOrigins: [...origins],
      allowedMethods: ['GET', 'PUT', 'POST'],
      allowedHeaders: ['*'],
      exposedHeaders: ['ETag'],
      maxAge: 3000,
    },
  ],
});
