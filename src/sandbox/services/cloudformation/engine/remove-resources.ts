import { randomUUID } from 'node:crypto';
import type { Progress } from '../../../kernel/resource-provider.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { schemaFor } from '../schema/schema-source.ts';
import {
  leftoversOf,
  type OperationRow,
  operations,
  type ResourceRow,
  resourcesOf,
  type StackRow,
  stackNames,
  stacks,
} from '../state.ts';
import { ask, checkOf } from './ask-provider.ts';
import { closeOperation } from './close-operation.ts';
import { SETTLE_MS } from './durations.ts';
import { setResourceStatus, setStackStatus } from './events.ts';
import { dropExports, exportInUse } from './exports.ts';
import { failureSentence } from './fail.ts';
import { providerFor } from './providers.ts';
import { resourceContext } from './resource-context.ts';
import { goOn, lookAtRemoval, type StepTimer } from './schedule.ts';

const GONE = new Set(['DELETE_COMPLETE', 'DELETE_SKIPPED']);

/** Removes what a stack has, those first that nothing depends on: a stack's deletion, and the rollback of its creation. */
export async function removeResources(scope: Scope, stack: StackRow, operation: OperationRow): Promise<void> {
  const rows = resourcesOf(scope, stack.id);
  const untouched = rows.values().every(({ step }) => step?.operation !== operation.id);
  const inUse = operation.kind === 'delete' && operation.returnTo && untouched ? exportInUse(scope, stack) : undefined;
  if (inUse !== undefined) {
    setStackStatus(scope, stack.id, operation.returnTo!, inUse);
    closeOperation(scope, operation, 'EXECUTE_FAILED');
    return;
  }
  for (let ready = readyRows(rows.values(), operation); ready.length > 0; ready = readyRows(rows.values(), operation))
    for (const row of ready) await removeOne(scope, stack, operation, row);
  if (rows.values().some(({ step }) => step?.operation === operation.id && step.state === 'running')) return;
  if (rows.values().every(({ status }) => GONE.has(status))) {
    if (leftoversOf(scope, stack.id).size === 0) return finishRemoval(scope, stack, operation);
    // A failed update has left things behind that nothing else would ever remove.
    operations.in(scope).update(stack.id, (draft) => {
      draft.phase = 'cleanup';
    });
    goOn(scope, { stackId: stack.id, operation: operation.id }, 0);
    return;
  }
  const deleting = operation.kind === 'delete';
  setStackStatus(
    scope,
    stack.id,
    deleting ? 'DELETE_FAILED' : 'ROLLBACK_FAILED',
    failureSentence(operations.in(scope).get(stack.id)!),
  );
  closeOperation(scope, operation, 'EXECUTE_FAILED');
}

/** Not yet begun in this operation, and everything that needs it is gone. */
function readyRows(rows: readonly ResourceRow[], { id }: OperationRow): ResourceRow[] {
  const left = rows.filter(({ status }) => !GONE.has(status));
  return left.filter(
    (row) =>
      row.step?.operation !== id && !left.some((other) => other !== row && other.dependsOn.includes(row.logicalId)),
  );
}

async function removeOne(scope: Scope, stack: StackRow, operation: OperationRow, row: ResourceRow): Promise<void> {
  const { logicalId, physicalId } = row;
  const step = { operation: operation.id, action: 'delete', state: 'running', token: randomUUID() } as const;
  if (isKept(row, operation)) {
    setResourceStatus(scope, stack.id, logicalId, 'DELETE_SKIPPED', undefined, (draft) => {
      draft.step = { ...step, state: 'done' };
    });
    return;
  }
  if (physicalId === undefined) {
    setResourceStatus(scope, stack.id, logicalId, 'DELETE_COMPLETE', undefined, (draft) => {
      draft.step = { ...step, state: 'done' };
    });
    return;
  }
  setResourceStatus(scope, stack.id, logicalId, 'DELETE_IN_PROGRESS', undefined, (draft) => {
    draft.step = step;
  });
  const provider = await providerFor(row.type, await schemaFor(row.type));
  const progress = await ask(row.type, () =>
    provider.delete(row.properties, physicalId, {
      ...resourceContext(scope, stack, logicalId),
      keepsSnapshot: row.deletionPolicy === 'Snapshot',
    }),
  );
  followRemoval(scope, stack, operation, logicalId, step.token, progress);
}

/** A resource made for good a moment ago is not kept when its creation is undone, if its policy says so. */
function isKept({ logicalId, deletionPolicy, before, step }: ResourceRow, operation: OperationRow): boolean {
  // What was taken in is let go again, not deleted.
  if (operation.kind === 'create-rollback' && step?.action === 'import') return true;
  if (operation.kind === 'delete' && operation.spared.includes(logicalId)) return true;
  if (deletionPolicy === 'Retain') return !(operation.kind === 'create-rollback' && operation.retainExceptOnCreate);
  return deletionPolicy === 'RetainExceptOnCreate' && !(operation.kind === 'create-rollback' && before !== undefined);
}

function followRemoval(
  scope: Scope,
  stack: StackRow,
  operation: OperationRow,
  logicalId: string,
  token: string,
  progress: Progress,
): void {
  if (progress.status === 'failed') {
    setResourceStatus(scope, stack.id, logicalId, 'DELETE_FAILED', progress.reason, (draft) => {
      draft.step!.state = 'failed';
    });
    operations.in(scope).update(stack.id, (draft) => {
      draft.failed.delete.push(logicalId);
    });
    goOn(scope, { stackId: stack.id, operation: operation.id }, 0);
    return;
  }
  const timer = { stackId: stack.id, operation: operation.id, logicalId, token };
  if (progress.status === 'done') lookAtRemoval(scope, { ...timer, done: true }, SETTLE_MS);
  else lookAtRemoval(scope, { ...timer, done: false }, progress.afterMs, progress.background);
}

export async function onRemoval(timer: StepTimer & { done: boolean }, scope: Scope): Promise<void> {
  const operation = operations.in(scope).get(timer.stackId);
  const row = resourcesOf(scope, timer.stackId).get(timer.logicalId);
  if (operation?.id !== timer.operation || row?.step?.token !== timer.token || row.step.state !== 'running') return;
  const stack = stacks.in(scope).get(timer.stackId)!;
  if (!timer.done) {
    const provider = await providerFor(row.type, await schemaFor(row.type));
    const progress = await ask(row.type, () =>
      checkOf(provider)('delete', row.physicalId!, row.properties, resourceContext(scope, stack, row.logicalId)),
    );
    return followRemoval(scope, stack, operation, row.logicalId, timer.token, progress);
  }
  setResourceStatus(scope, stack.id, row.logicalId, 'DELETE_COMPLETE', undefined, (draft) => {
    draft.step!.state = 'done';
  });
  goOn(scope, { stackId: stack.id, operation: operation.id }, 0);
}

export function finishRemoval(scope: Scope, stack: StackRow, operation: OperationRow): void {
  if (operation.kind === 'create-rollback') {
    stacks.in(scope).update(stack.id, (draft) => {
      draft.deletedAt = scope.world.clock.stamp();
    });
    setStackStatus(scope, stack.id, 'ROLLBACK_COMPLETE');
    closeOperation(scope, operation, 'EXECUTE_FAILED');
    return;
  }
  stacks.in(scope).update(stack.id, (draft) => {
    draft.deletedAt = scope.world.clock.stamp();
    draft.terminationProtection = false;
  });
  if (stackNames.in(scope).get(stack.name) === stack.id) stackNames.in(scope).delete(stack.name);
  dropExports(scope, stack.id);
  setStackStatus(scope, stack.id, 'DELETE_COMPLETE');
  operations.in(scope).delete(stack.id);
}
