import type {
  GetBucketVersioningCommandInput,
  GetBucketVersioningOutput,
  PutBucketVersioningCommandInput,
} from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { malformedXml } from '../faults.ts';
import { findBucket } from '../find-bucket.ts';
import { buckets } from '../state.ts';

export const getBucketVersioning: Operation<GetBucketVersioningCommandInput, GetBucketVersioningOutput> = (
  input,
  call,
) => {
  const { versioning } = findBucket(input, call);
  return versioning === undefined ? {} : { Status: versioning };
};

export const putBucketVersioning: Operation<PutBucketVersioningCommandInput, object> = (input, call) => {
  const bucket = findBucket(input, call);
  const status = input.VersioningConfiguration?.Status;
  if (status === undefined)
    throw new AwsFault('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
  if (status === 'Suspended' && bucket.configurations.objectLock)
    throw new AwsFault(
      'InvalidBucketState',
      'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.',
      { status: 409 },
    );
  buckets.in(call).update(bucket.name, (draft) => {
    draft.versioning = status;
  });
  return {};
};
