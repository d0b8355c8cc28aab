import type { Aws } from '../../aws/aws.ts';
import { type BucketPolicyPlace, bucketPolicies } from '../../release/bucket-policies.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';
import type { Leftover } from './find-leftovers.ts';

/**
 * Policies that a stack is about to make for buckets that have one already: of another stack, which gives it away, or of
 * none, where a deployment was cut off in between. A bucket has one, and CloudFormation refuses a second (F-119). As it
 * stands on the bucket it passes from stack to stack, so that the bucket is never without. Only reads.
 */
export async function findMovingPolicies(aws: Aws, { stacks }: Plan): Promise<Leftover[]> {
  const owned = stacks.flatMap((stack) =>
    stack.live?.template
      ? bucketPolicies(stack.live.template, stack.live.parameters, stack.live).map((place) => ({ ...place, stack }))
      : [],
  );
  const found = await Promise.all(
    stacks.flatMap((stack) =>
      newPolicies(stack).map(async (place): Promise<Leftover[]> => {
        const document = await aws.in(stack.region).s3.policy(place.bucket);
        if (document === undefined) return [];
        const owner = owned.find(({ bucket }) => bucket === place.bucket);
        // One that does not let go of it would be two owners of one policy: CloudFormation says so.
        if (owner && !isGivenAway(owner.stack, owner.logicalId)) return [];
        return [movingTo(stack, place, document, owner)];
      }),
    ),
  );
  return found.flat();
}

const TYPE = 'AWS::S3::BucketPolicy';

const newPolicies = ({ action, changes, template, parameters, live }: PlannedStack): BucketPolicyPlace[] =>
  action === 'none' || action === 'delete'
    ? []
    : bucketPolicies(template, parameters, live).filter(({ logicalId }) =>
        changes.some(({ id, change }) => id === logicalId && change === 'add'),
      );

const isGivenAway = ({ action, template }: PlannedStack, logicalId: string): boolean =>
  action === 'delete' || template.Resources?.[logicalId] === undefined;

function movingTo(
  stack: PlannedStack,
  { logicalId, bucket, expression }: BucketPolicyPlace,
  document: string,
  owner: { stack: PlannedStack; logicalId: string } | undefined,
): Leftover {
  return {
    ...{ stack: stack.id, logicalId, type: TYPE, name: `the policy of ${bucket}`, deleted: false, adoptable: true },
    importAs: { Bucket: bucket },
    definition: {
      Type: TYPE,
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: { Bucket: expression, PolicyDocument: JSON.parse(document) },
    },
    ...(owner ? { from: { stack: owner.stack.id, logicalId: owner.logicalId } } : {}),
  };
}
