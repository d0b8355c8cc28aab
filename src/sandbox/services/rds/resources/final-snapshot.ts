import type { ResourceContext } from '../../../kernel/resource-provider.ts';

/** What RDS takes, less the random end. */
const LONGEST = 255 - 13;

/**
 * The name of the snapshot that `DeletionPolicy: Snapshot` asks for, or undefined. CloudFormation calls it
 * `<stack>-snapshot-<logical id>-<12 characters>`.
 */
export function finalSnapshotName({ keepsSnapshot, stackName, logicalId, call }: ResourceContext): string | undefined {
  if (!keepsSnapshot) return undefined;
  const end = call.world.clock.stamp().toString(36).padStart(12, '0').slice(-12);
  const start = `${stackName}-snapshot-${logicalId}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${start.slice(0, LONGEST).replace(/-$/, '')}-${end}`;
}
