import type { CreateTrailCommandInput } from '@aws-sdk/client-cloudtrail';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { letsServiceIn } from '../../iam/lets-in.ts';
import { bucketNamed } from '../../s3/state.ts';
import { shownTrail } from '../shown-trail.ts';
import { trails } from '../state.ts';

/** https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html */
const NAME = /^[A-Za-z0-9](?:[A-Za-z0-9]|[._-](?![._-])){1,126}[A-Za-z0-9]$/;

/** Its bucket has to let CloudTrail write; it records nothing until it is started. */
export function createTrail(input: CreateTrailCommandInput, call: Call) {
  const { Name = '', S3BucketName = '', IsMultiRegionTrail = false } = input;
  if (!NAME.test(Name)) throw new AwsFault('InvalidTrailNameException', `Invalid trail name: ${Name}`);
  const arn = `arn:aws:cloudtrail:${call.region}:${call.account}:trail/${Name}`;
  if (trails(call).has(arn))
    throw new AwsFault('TrailAlreadyExistsException', `Trail ${Name} already exists for customer: ${call.account}`);
  const bucket = bucketNamed(call, S3BucketName);
  if (!bucket) throw new AwsFault('S3BucketDoesNotExistException', `S3 bucket ${S3BucketName} does not exist!`);
  if (!mayWrite(bucket.configurations.policy, { bucket: S3BucketName, arn, call }))
    throw new AwsFault(
      'InsufficientS3BucketPolicyException',
      `Incorrect S3 bucket policy is detected for bucket: ${S3BucketName}`,
    );
  const row = trails(call).put(arn, {
    name: Name,
    arn,
    homeRegion: call.region,
    bucket: S3BucketName,
    multiRegion: IsMultiRegionTrail,
    globalEvents: input.IncludeGlobalServiceEvents ?? true,
    validated: input.EnableLogFileValidation ?? false,
    logging: false,
  });
  const { HomeRegion: _, HasCustomEventSelectors: __, HasInsightSelectors: ___, ...shown } = shownTrail(row);
  return shown;
}

function mayWrite(policy: unknown, { bucket, arn, call }: { bucket: string; arn: string; call: Call }): boolean {
  const text = typeof policy === 'string' ? policy : policy === undefined ? undefined : JSON.stringify(policy);
  return letsServiceIn(text, {
    action: 's3:PutObject',
    resource: `arn:aws:s3:::${bucket}/AWSLogs/${call.account}/CloudTrail/x`,
    services: ['cloudtrail.amazonaws.com'],
    context: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceArn': arn, 'aws:SourceAccount': call.account },
  });
}
