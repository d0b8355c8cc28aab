import type {
  GetBucketAclCommandInput,
  GetBucketAclOutput,
  GetBucketLocationCommandInput,
  GetBucketLocationOutput,
  HeadBucketCommandInput,
  HeadBucketOutput,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { accessDenied, noSuchBucket } from '../faults.ts';
import { findBucket } from '../find-bucket.ts';
import { ownerOf } from '../object-answer.ts';
import { bucketNamed } from '../state.ts';

export const headBucket: Operation<HeadBucketCommandInput, HeadBucketOutput> = (input, call) => {
  const { name, region } = findBucket(input, call);
  return { BucketArn: `arn:aws:s3:::${name}`, BucketRegion: region, AccessPointAlias: false };
};

/** Answered from every region: it is how clients find the right one. */
export const getBucketLocation: Operation<GetBucketLocationCommandInput, GetBucketLocationOutput> = (input, call) => {
  const bucket = bucketNamed(call, input.Bucket ?? '');
  if (!bucket) throw noSuchBucket(input.Bucket ?? '');
  if (bucket.account !== call.account) throw accessDenied();
  return bucket.region === 'us-east-1'
    ? {}
    : { LocationConstraint: bucket.region as NonNullable<GetBucketLocationOutput['LocationConstraint']> };
};

/** Ownership is enforced by default, so the list never holds more than the owner. */
export const getBucketAcl: Operation<GetBucketAclCommandInput, GetBucketAclOutput> = (input, call) => {
  const Owner = ownerOf(findBucket(input, call).account);
  return { Owner, Grants: [{ Grantee: { ...Owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] };
};
