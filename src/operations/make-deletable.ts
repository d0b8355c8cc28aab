import type { Aws } from '../aws/aws.ts';
import type { Standing } from './read-standing.ts';

type Say = (detail: string) => void;

/** Lifts the deletion protection of a stack's databases. Only where somebody typed their names, and never in a deployment. */
export async function liftProtection(
  aws: Aws,
  { protectedDatabases }: Standing,
  stack: string,
  say: Say,
): Promise<void> {
  for (const { type, physicalId, region } of protectedDatabases.filter((one) => one.stack === stack)) {
    say(`lifting the deletion protection of ${physicalId}`);
    const { rds } = aws.in(region);
    await (type === 'AWS::RDS::DBCluster'
      ? rds.protectCluster(physicalId, false)
      : rds.protectInstance(physicalId, false));
  }
}

/** Empties the buckets that go with a stack. Only where somebody typed their names. */
export async function emptyBuckets(aws: Aws, { fullBuckets }: Standing, stack: string, say: Say): Promise<void> {
  for (const { physicalId, region } of fullBuckets.filter((one) => one.stack === stack)) {
    await aws
      .in(region)
      .s3.emptyBucket(physicalId, (count) => say(`emptying ${physicalId}: ${count} versions deleted`));
  }
}
