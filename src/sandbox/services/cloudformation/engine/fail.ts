import type { Scope } from '../../../kernel/scope.ts';
import { type OperationRow, operations, resourcesOf, type StackRow } from '../state.ts';
import { closeOperation } from './close-operation.ts';
import { setResourceStatus, setStackStatus } from './events.ts';
import { goOn } from './schedule.ts';
import { startRollback } from './start-rollback.ts';

/** A resource could not become what it was to be: its siblings are stopped, and the stack goes back or stays as it is. */
export function failStep(
  scope: Scope,
  stack: StackRow,
  operation: OperationRow,
  logicalId: string,
  reason: string,
): void {
  noteFailure(scope, stack, operation, logicalId, reason, 'failed');
  const now = operations.in(scope).get(stack.id)!;
  if (now.kind === 'update-rollback' || now.onFailure === 'DO_NOTHING') {
    goOn(scope, { stackId: stack.id, operation: now.id }, 0);
    return;
  }
  cancelRunning(scope, stack, now);
  startRollback(
    scope,
    stack,
    operations.in(scope).get(stack.id)!,
    failureSentence(operations.in(scope).get(stack.id)!),
  );
}

function noteFailure(
  scope: Scope,
  stack: StackRow,
  operation: OperationRow,
  logicalId: string,
  reason: string,
  state: 'cancelled' | 'failed',
): void {
  const { step } = resourcesOf(scope, stack.id).get(logicalId)!;
  const creating = step?.action === 'create' || step?.action === 'recreate';
  const status = creating ? 'CREATE_FAILED' : step?.action === 'import' ? 'IMPORT_FAILED' : 'UPDATE_FAILED';
  setResourceStatus(scope, stack.id, logicalId, status, reason, (draft) => {
    draft.step!.state = state;
  });
  operations.in(scope).update(stack.id, (draft) => {
    if (draft.id === operation.id) draft.failed[creating ? 'create' : 'update'].push(logicalId);
  });
}

/** What is still being worked on when a sibling has failed, or when somebody cancels. */
export function cancelRunning(scope: Scope, stack: StackRow, operation: OperationRow): void {
  for (const { logicalId, step } of resourcesOf(scope, stack.id).values()) {
    if (step?.operation !== operation.id || step.state !== 'running') continue;
    const reason =
      step.action === 'create' || step.action === 'recreate'
        ? 'Resource creation cancelled'
        : 'Resource update cancelled';
    noteFailure(scope, stack, operation, logicalId, reason, 'cancelled');
  }
}

/** With rollback disabled: what runs may finish, nothing new is started, then the stack rests as failed. */
export function stopIfQuiet(scope: Scope, stack: StackRow, operation: OperationRow): void {
  const running = resourcesOf(scope, stack.id)
    .values()
    .some(({ step }) => step?.operation === operation.id && step.state === 'running');
  if (running) return;
  setStackStatus(
    scope,
    stack.id,
    operation.kind === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED',
    failureSentence(operation),
  );
  closeOperation(scope, operation, 'EXECUTE_FAILED');
}

/** Nothing could even be begun: an expression, an attribute or an export is wrong. */
export function failBeforeWork(scope: Scope, operation: OperationRow, error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const stack = operation.stackId;
  if (operation.onFailure === 'DO_NOTHING') {
    setStackStatus(scope, stack, operation.kind === 'create' ? 'CREATE_FAILED' : 'UPDATE_FAILED', message);
    closeOperation(scope, operation, 'EXECUTE_FAILED');
    return;
  }
  startRollback(scope, { id: stack }, operation, operation.kind === 'create' ? `${message}.` : message);
}

/** `The following resource(s) failed to create: [A, B].` with a sentence for each thing that failed. */
export function failureSentence({ failed }: OperationRow): string {
  const sentence = (what: string, ids: readonly string[]) =>
    ids.length > 0 ? [`The following resource(s) failed to ${what}: [${[...new Set(ids)].join(', ')}].`] : [];
  return [
    ...sentence('create', failed.create),
    ...sentence('update', failed.update),
    ...sentence('delete', failed.delete),
  ].join(' ');
}
