import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { accessDenied, noSuchBucket } from './faults.ts';
import { type BucketRow, bucketNamed } from './state.ts';

/** The bucket that a request means, if its caller may reach it from where it asks. */
export function findBucket(
  { Bucket, ExpectedBucketOwner }: { Bucket?: string | undefined; ExpectedBucketOwner?: string | undefined },
  call: Call,
): BucketRow {
  const bucket = bucketNamed(call, Bucket ?? '');
  if (!bucket) throw noSuchBucket(Bucket ?? '');
  if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.account) throw accessDenied();
  if (bucket.account !== call.account && !isOpenTo(call.account, bucket)) throw accessDenied();
  if (bucket.region !== call.region) throw elsewhere(bucket);
  return bucket;
}

const elsewhere = ({ name, region }: BucketRow): AwsFault =>
  new AwsFault(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    {
      status: 301,
      fields: { Endpoint: `${name}.s3.${region}.amazonaws.com`, Bucket: name, 'x-amz-bucket-region': region },
    },
  );

interface Statement {
  Effect?: string;
  Principal?: string | { AWS?: string | string[] };
}

/** Whether the bucket's policy lets another account in at all; which actions it may do is not looked at. */
function isOpenTo(account: string, { configurations }: BucketRow): boolean {
  if (typeof configurations.policy !== 'string') return false;
  const { Statement = [] } = JSON.parse(configurations.policy) as { Statement?: Statement | Statement[] };
  return [Statement].flat().some(({ Effect, Principal }) => {
    const principals = typeof Principal === 'string' ? [Principal] : [Principal?.AWS ?? []].flat();
    return Effect === 'Allow' && principals.some((each) => each === '*' || each.includes(account));
  });
}
