import type { CreateBucketCommandInput, CreateBucketOutput } from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { invalidArgument } from '../faults.ts';
import { type BucketRow, buckets } from '../state.ts';
import { checkTags } from '../tagging.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const NAME = /^(?=.{3,63}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/;
const REFUSED = /\.\.|^\d+\.\d+\.\d+\.\d+$|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|\.mrap$|--x-s3$/;

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

/** Since April 2023 new buckets refuse public access until it is allowed. */
const CLOSED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

export const createBucket: Operation<CreateBucketCommandInput, CreateBucketOutput> = (input, call) => {
  const name = input.Bucket ?? '';
  if (!NAME.test(name) || REFUSED.test(name))
    throw new AwsFault('InvalidBucketName', 'The specified bucket is not valid.', { fields: { BucketName: name } });
  checkLocation(input.CreateBucketConfiguration?.LocationConstraint, call.region);
  const ownership = input.ObjectOwnership as string | undefined;
  if (ownership !== undefined && !OWNERSHIPS.includes(ownership))
    throw invalidArgument(`Invalid x-amz-object-ownership header: ${ownership}`, 'x-amz-object-ownership');
  const tags = input.CreateBucketConfiguration?.Tags ?? [];
  checkTags(tags, 'creation');

  const taken = buckets.in(call).get(name);
  if (taken) return again(taken, tags.length > 0, call);

  buckets.in(call).put(name, {
    name,
    account: call.account,
    region: call.region,
    createdAt: call.world.clock.stamp(),
    ...(input.ObjectLockEnabledForBucket ? { versioning: 'Enabled' as const } : {}),
    configurations: {
      publicAccessBlock: CLOSED,
      ownership: { Rules: [{ ObjectOwnership: ownership ?? 'BucketOwnerEnforced' }] },
      ...(tags.length > 0 ? { tagging: tags.map(({ Key, Value }) => ({ Key, Value })) } : {}),
      ...(input.ObjectLockEnabledForBucket ? { objectLock: { ObjectLockEnabled: 'Enabled' } } : {}),
    },
  });
  return answer(name, call);
};

const answer = (name: string, { region, endpoint }: Call): CreateBucketOutput => ({
  Location: region === 'us-east-1' ? `/${name}` : `${endpoint}/${name}`,
  BucketArn: `arn:aws:s3:::${name}`,
});

/** us-east-1 alone lets the owner create a bucket again, as long as it asks for nothing more. */
function again(taken: BucketRow, withTags: boolean, call: Call): CreateBucketOutput {
  if (taken.account !== call.account)
    throw new AwsFault(
      'BucketAlreadyExists',
      'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
      { status: 409, fields: { BucketName: taken.name } },
    );
  if (call.region === 'us-east-1' && taken.region === 'us-east-1' && !withTags) return answer(taken.name, call);
  throw new AwsFault(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    { status: 409, fields: { BucketName: taken.name } },
  );
}

function checkLocation(constraint: string | undefined, region: string): void {
  if (constraint === 'us-east-1')
    throw new AwsFault('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      fields: { LocationConstraint: constraint },
    });
  const fits = region === 'us-east-1' ? constraint === undefined : constraint === region;
  if (!fits)
    throw new AwsFault(
      'IllegalLocationConstraintException',
      `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    );
}
