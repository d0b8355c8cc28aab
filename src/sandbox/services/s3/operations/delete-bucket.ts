import type { DeleteBucketCommandInput } from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { findBucket } from '../find-bucket.ts';
import { buckets, current, older, parts, uploads } from '../state.ts';

export const deleteBucket: Operation<DeleteBucketCommandInput, object> = (input, call) => {
  const bucket = findBucket(input, call);
  if (current(call.world, bucket.name).size + older(call.world, bucket.name).size > 0)
    throw new AwsFault(
      'BucketNotEmpty',
      bucket.versioning === undefined
        ? 'The bucket you tried to delete is not empty'
        : 'The bucket you tried to delete is not empty. You must delete all versions in the bucket.',
      { status: 409, fields: { BucketName: bucket.name } },
    );
  for (const table of [uploads(call.world, bucket.name), parts(call.world, bucket.name)])
    for (const [id] of table.entries()) table.delete(id);
  buckets.in(call).delete(bucket.name);
  return {};
};
