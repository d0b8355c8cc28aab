import { Construct } from 'constructs';
import { core, s3 } from '../aws-cdk.ts';
import { leave } from '../leave.ts';
import { denyPlainText } from '../policy.ts';
import type { OnDelete } from '../setting-values.ts';

export interface CdnPolicyProps {
  bucket: string;
  /** Distributions that read it. */
  distributions: readonly string[];
  onDelete: OnDelete;
  /** The bucket is of another stack and may stand longer than its sites: it keeps its rules, and that stack takes them over. */
  outlives?: boolean;
  /** Of the objects that they may read; absent: all. */
  prefix?: string;
}

/** The one policy of a bucket that CloudFront reads: TLS for everybody, objects for these distributions alone (F-119). */
export class CdnPolicy extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { bucket, distributions, onDelete, outlives = false, prefix = '' }: CdnPolicyProps,
  ) {
    super(scope, id);
    const arn = `arn:${core.Aws.PARTITION}:s3:::${bucket}`;
    const sources = distributions.map(
      (distribution) =>
        `arn:${core.Aws.PARTITION}:cloudfront::${core.Stack.of(this).account}:distribution/${distribution}`,
    );
    const policy = new s3.CfnBucketPolicy(this, 'Policy', {
      bucket,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          denyPlainText('s3:*', [arn, `${arn}/*`]),
          {
            Sid: 'CloudFrontReads',
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: `${arn}/${prefix}*`,
            Condition: { StringEquals: { 'AWS:SourceArn': sources.length === 1 ? sources[0] : sources } },
          },
        ],
      },
    });
    // A bucket that stays keeps its rules.
    leave(policy, outlives ? 'retain' : onDelete);
    // CloudFormation sees no change where these attributes alone are others than they were.
    if (outlives && onDelete === 'destroy') policy.cfnOptions.metadata = { 'platform:stays': 'with its bucket' };
  }
}
