import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { changeSets, type OperationRow, operations, type StackRow, stacks } from '../state.ts';
import { setStackStatus } from './events.ts';
import { goOn } from './schedule.ts';

/** Turns a failed operation round. A stack that was never complete loses what it has; any other goes back to what it was. */
export function startRollback(
  scope: Scope,
  { id }: Pick<StackRow, 'id'>,
  operation: OperationRow,
  reason: string,
): void {
  markChangeSet(scope, operation);
  if (operation.kind === 'create') {
    undoCreate(scope, id, operation, reason);
    return;
  }
  stacks.in(scope).update(id, (draft) => {
    if (draft.stable) draft.deployment = draft.stable;
    if (draft.stableOutputs) draft.outputs = draft.stableOutputs;
  });
  setStackStatus(scope, id, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  turnInto(scope, operation, 'update-rollback');
}

function undoCreate(scope: Scope, id: string, operation: OperationRow, reason: string): void {
  if (operation.onFailure === 'DELETE') {
    setStackStatus(scope, id, 'DELETE_IN_PROGRESS', `${reason} Delete requested by user.`);
    turnInto(scope, operation, 'delete');
    return;
  }
  stacks.in(scope).update(id, (draft) => {
    delete draft.changeSetId;
  });
  setStackStatus(scope, id, 'ROLLBACK_IN_PROGRESS', `${reason} Rollback requested by user.`);
  turnInto(scope, operation, 'create-rollback');
}

function turnInto(scope: Scope, operation: OperationRow, kind: OperationRow['kind']): void {
  const next = operations.in(scope).put(operation.stackId, {
    ...operation,
    id: randomUUID(),
    kind,
    phase: 'work',
    failed: { create: [], update: [], delete: [] },
  });
  stacks.in(scope).update(operation.stackId, (draft) => {
    draft.lastOperation = { id: next.id, type: kind === 'delete' ? 'DELETE_STACK' : 'ROLLBACK' };
  });
  goOn(scope, { stackId: operation.stackId, operation: next.id });
}

function markChangeSet(scope: Scope, { changeSetId }: OperationRow): void {
  if (changeSetId && changeSets.in(scope).has(changeSetId))
    changeSets.in(scope).update(changeSetId, (draft) => {
      draft.executionStatus = 'EXECUTE_FAILED';
    });
}
