import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import { distributions } from './state.ts';

interface ReplicaRow {
  arn: string;
  /** When the copies are gone; absent: a distribution uses them. */
  goneAt?: number;
}

/** Copies of versions of functions at the edges, by the ARN of the version. */
const replicas = defineTable<ReplicaRow>('cloudfront.replicas', 'account');

/**
 * "Replicas are typically deleted within a few hours" after the last association is gone:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html
 */
const GONE_MS = 3 * 60 * 60_000;

/** Brings the copies to what distributions say; called after each change of one. */
export function followReplicas(scope: Scope): void {
  const used = new Set(
    distributions
      .in(scope)
      .values()
      .flatMap(({ config }) => functionsOf(config)),
  );
  const table = replicas.in(scope);
  for (const arn of used) if (table.get(arn)?.goneAt !== undefined || !table.has(arn)) table.put(arn, { arn });
  for (const { arn, goneAt } of table.values())
    if (goneAt === undefined && !used.has(arn)) table.put(arn, { arn, goneAt: scope.world.clock.now() + GONE_MS });
}

const functionsOf = ({ DefaultCacheBehavior, CacheBehaviors }: DistributionConfig): string[] =>
  [DefaultCacheBehavior, ...(CacheBehaviors?.Items ?? [])].flatMap((behavior) =>
    (behavior?.LambdaFunctionAssociations?.Items ?? []).map(({ LambdaFunctionARN }) => LambdaFunctionARN!),
  );

/** Whether a version still has copies at edges. */
export function hasReplicas(arn: string, scope: Scope): boolean {
  const row = replicas.in(scope).get(arn);
  return row !== undefined && (row.goneAt === undefined || scope.world.clock.now() < row.goneAt);
}
