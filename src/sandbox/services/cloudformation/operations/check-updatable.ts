import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { invalid } from '../faults.ts';
import type { StackRow } from '../state.ts';

/** From these a stack goes on to an update; the failed ones only because their rollback was switched off. */
const UPDATABLE: ReadonlySet<StackStatus> = new Set<StackStatus>([
  'CREATE_COMPLETE',
  'CREATE_FAILED',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_FAILED',
  'UPDATE_ROLLBACK_COMPLETE',
]);

export function checkUpdatable({ id, status }: StackRow): void {
  if (!UPDATABLE.has(status)) throw invalid(`Stack:${id} is in ${status} state and can not be updated.`);
}
