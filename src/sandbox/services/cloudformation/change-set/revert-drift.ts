import type { Change, StackResourceDriftStatus } from '@aws-sdk/client-cloudformation';
import type { Scope } from '../../../kernel/scope.ts';
import { driftOf } from '../drift/detect.ts';
import { type DriftedRow, type ResourceRow, resourcesOf, type StackRow } from '../state.ts';
import { isLiving } from './planned-resource.ts';

export type Drifted = Readonly<Record<string, DriftedRow>>;

/**
 * `DeploymentMode: REVERT_DRIFT`, since November 2025: resources are compared as they are, so that what was deleted is
 * made again and what was changed is changed back.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html
 */
export async function driftToRevert(scope: Scope, stack: StackRow): Promise<Drifted> {
  const drifted: Record<string, DriftedRow> = {};
  for (const row of resourcesOf(scope, stack.id).values()) {
    if (!isLiving(row)) continue;
    const { status, actual } = await driftOf(scope, stack, row);
    drifted[row.logicalId] = { status, ...(status === 'MODIFIED' && actual ? { actual } : {}) };
  }
  return drifted;
}

/** The rows as they really are: what is planned and done is planned and done from there, and a failure returns there. */
export function asTheyAre(row: ResourceRow, drifted: Drifted | undefined): ResourceRow {
  const { status, actual } = drifted?.[row.logicalId] ?? {};
  if (status === 'DELETED') return { ...row, lost: true };
  return actual ? { ...row, properties: { ...row.properties, ...actual } } : row;
}

export const isLost = (drifted: Drifted | undefined, logicalId: string): boolean =>
  drifted?.[logicalId]?.status === 'DELETED';

/** What only a change set of this mode says of a resource. */
export function markDrift(change: Change, drifted: Drifted | undefined): Change {
  const { ResourceChange } = change;
  const status = drifted?.[ResourceChange?.LogicalResourceId ?? '']?.status;
  if (!ResourceChange || status === undefined) return change;
  const ResourceDriftStatus: StackResourceDriftStatus = status === 'NOT_CHECKED' ? 'UNSUPPORTED' : status;
  return { ...change, ResourceChange: { ...ResourceChange, ResourceDriftStatus } };
}
