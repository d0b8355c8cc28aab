import type { ResourceContext } from '../../../kernel/resource-provider.ts';

/**
 * The name of the snapshot that `DeletionPolicy: Snapshot` asks for, or undefined. CloudFormation calls it
 * `<stack>-snapshot-<logical id>-<12 characters>`.
 */
export function finalSnapshotName(context: ResourceContext, physicalId: string): string | undefined {
  if (!context.keepsSnapshot) return undefined;
  const random = context.call.world.clock.stamp().toString(36).padStart(12, '0').slice(-12);
  return `${context.stackName}-snapshot-${context.logicalId}-${random}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 255 - physicalId.length);
}
