import type { Session } from '../../context.ts';
import type { FoundStack } from './named-stacks.ts';

export interface LookedBuckets {
  looked: number;
  /** Names of those that S3 no longer has, and the stack that does not know. */
  lost: { bucket: string; stack: string }[];
  /** S3 answers that we may not see them, or that they are somebody else's: it does not say which. */
  refused: string[];
}

const WITH_BUCKETS = ['data', 'sites'];

/** The buckets of an environment's stacks, each asked for once. Only looks. */
export async function lostBuckets(
  { aws }: Pick<Session, 'aws'>,
  stacks: readonly FoundStack[],
): Promise<LookedBuckets> {
  const found: LookedBuckets = { looked: 0, lost: [], refused: [] };
  for (const { id, region, stackName } of stacks.filter(({ id }) => WITH_BUCKETS.includes(id))) {
    const { cloudFormation, s3 } = aws.in(region);
    const buckets = (await cloudFormation.resources(stackName)).filter(
      ({ ResourceStatus, ResourceType }) =>
        ResourceType === 'AWS::S3::Bucket' && /^(CREATE|UPDATE)_COMPLETE$/.test(ResourceStatus ?? ''),
    );
    for (const { PhysicalResourceId: bucket } of buckets) {
      const standing = await s3.bucket(bucket!);
      found.looked += 1;
      if (standing === undefined) found.lost.push({ bucket: bucket!, stack: id });
      if (standing === 'foreign') found.refused.push(bucket!);
    }
  }
  return found;
}
