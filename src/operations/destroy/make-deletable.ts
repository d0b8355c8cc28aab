import type { Aws } from '../../aws/aws.ts';
import type { Standing } from '../stacks/read-standing.ts';

type Say = (detail: string) => void;

/** Empties the buckets that go with a stack. Only where somebody typed their names. */
export async function emptyBuckets(aws: Aws, { fullBuckets }: Standing, stack: string, say: Say): Promise<void> {
  for (const { physicalId, region } of fullBuckets.filter((one) => one.stack === stack)) {
    await aws
      .in(region)
      .s3.emptyBucket(physicalId, (count) => say(`emptying ${physicalId}: ${count} versions deleted`));
  }
}
