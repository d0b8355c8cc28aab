import { randomUUID } from 'node:crypto';
import type { Progress } from '../../../kernel/resource-provider.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { schemaFor } from '../schema/schema-source.ts';
import { type LeftoverRow, leftoversOf, type OperationRow, operations, type StackRow, stacks } from '../state.ts';
import { ask, checkOf } from './ask-provider.ts';
import { closeOperation } from './close-operation.ts';
import { CLEANUP_ATTEMPTS, SETTLE_MS } from './durations.ts';
import { recordResourceEvent, setStackStatus } from './events.ts';
import { providerFor } from './providers.ts';
import { finishRemoval } from './remove-resources.ts';
import { resourceContext } from './resource-context.ts';
import { goOn, type LeftoverTimer, lookAtLeftover } from './schedule.ts';

/** After an update or its rollback: removes the physical resources that the stack no longer wants. It never fails the stack. */
export async function cleanUp(scope: Scope, stack: StackRow, operation: OperationRow): Promise<void> {
  const rows = leftoversOf(scope, stack.id);
  for (let ready = readyLeftovers(rows.values()); ready.length > 0; ready = readyLeftovers(rows.values()))
    for (const row of ready) await removeLeftover(scope, stack, operation, row);
  if (rows.values().some(({ state }) => state === 'running' || state === 'waiting')) return;
  const failed = rows.values().some(({ state }) => state === 'failed');
  for (const { id } of rows.values()) rows.delete(id);
  if (operation.kind === 'delete' || operation.kind === 'create-rollback') {
    finishRemoval(scope, stack, operation);
    return;
  }
  const rolledBack = operation.kind === 'update-rollback';
  const status = rolledBack ? 'UPDATE_ROLLBACK_COMPLETE' : operation.importing ? 'IMPORT_COMPLETE' : 'UPDATE_COMPLETE';
  const sentence = rolledBack ? undefined : 'Update successful. One or more resources could not be deleted.';
  setStackStatus(scope, stack.id, status, failed ? sentence : undefined);
  closeOperation(scope, operation, rolledBack ? 'EXECUTE_FAILED' : 'EXECUTE_COMPLETE');
}

/** What nothing else that is still to go depends on; one that was given up stands in nobody's way. */
function readyLeftovers(rows: readonly LeftoverRow[]): LeftoverRow[] {
  const left = rows.filter(({ state }) => state === 'waiting' || state === 'running');
  return left.filter(
    (row) =>
      row.state === 'waiting' &&
      !left.some((other) => other.logicalId !== row.logicalId && other.dependsOn.includes(row.logicalId)),
  );
}

async function removeLeftover(scope: Scope, stack: StackRow, operation: OperationRow, row: LeftoverRow): Promise<void> {
  const rows = leftoversOf(scope, stack.id);
  if (row.keep) {
    recordResourceEvent(scope, stack.id, row, 'DELETE_SKIPPED');
    rows.update(row.id, (draft) => {
      draft.state = 'done';
    });
    return;
  }
  recordResourceEvent(scope, stack.id, row, 'DELETE_IN_PROGRESS');
  const token = randomUUID();
  rows.update(row.id, (draft) => {
    draft.state = 'running';
    draft.token = token;
  });
  const provider = await providerFor(row.type, await schemaFor(row.type));
  const progress = await ask(row.type, () =>
    provider.delete(row.properties, row.physicalId!, {
      ...resourceContext(scope, stack, row.logicalId),
      keepsSnapshot: row.snapshot,
    }),
  );
  followLeftover(scope, stack, operation, row, token, progress);
}

function followLeftover(
  scope: Scope,
  stack: StackRow,
  operation: OperationRow,
  row: LeftoverRow,
  token: string,
  progress: Progress,
): void {
  if (progress.status === 'failed') {
    recordResourceEvent(scope, stack.id, row, 'DELETE_FAILED', progress.reason);
    leftoversOf(scope, stack.id).update(row.id, (draft) => {
      draft.attempts += 1;
      draft.state = draft.attempts < CLEANUP_ATTEMPTS ? 'waiting' : 'failed';
    });
    goOn(scope, { stackId: stack.id, operation: operation.id });
    return;
  }
  const timer = { stackId: stack.id, operation: operation.id, leftover: row.id, token };
  if (progress.status === 'done') lookAtLeftover(scope, { ...timer, done: true }, SETTLE_MS);
  else lookAtLeftover(scope, { ...timer, done: false }, progress.afterMs, progress.background);
}

export async function onLeftover(timer: LeftoverTimer, scope: Scope): Promise<void> {
  const operation = operations.in(scope).get(timer.stackId);
  const row = leftoversOf(scope, timer.stackId).get(timer.leftover);
  if (operation?.id !== timer.operation || row?.token !== timer.token || row.state !== 'running') return;
  const stack = stacks.in(scope).get(timer.stackId)!;
  if (!timer.done) {
    const provider = await providerFor(row.type, await schemaFor(row.type));
    const progress = await ask(row.type, () =>
      checkOf(provider)('delete', row.physicalId!, row.properties, resourceContext(scope, stack, row.logicalId)),
    );
    return followLeftover(scope, stack, operation, row, timer.token, progress);
  }
  recordResourceEvent(scope, stack.id, row, 'DELETE_COMPLETE');
  leftoversOf(scope, stack.id).update(row.id, (draft) => {
    draft.state = 'done';
  });
  goOn(scope, { stackId: stack.id, operation: operation.id }, 0);
}
