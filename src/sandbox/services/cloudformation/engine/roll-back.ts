import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { schemaFor } from '../schema/schema-source.ts';
import { leftoversOf, type OperationRow, operations, type ResourceRow, resourcesOf, type StackRow } from '../state.ts';
import { ask } from './ask-provider.ts';
import { closeOperation } from './close-operation.ts';
import { setResourceStatus, setStackStatus } from './events.ts';
import { failureSentence } from './fail.ts';
import { followProgress } from './follow-progress.ts';
import { leaveBehind } from './leave-behind.ts';
import { providerFor } from './providers.ts';
import { resourceContext } from './resource-context.ts';
import { goOn } from './schedule.ts';

/** Brings every resource that an update has touched back to what it was before, each after what it depends on. */
export async function rollBackResources(scope: Scope, stack: StackRow, operation: OperationRow): Promise<void> {
  const rows = resourcesOf(scope, stack.id);
  for (let ready = readyRows(rows.values(), operation); ready.length > 0; ready = readyRows(rows.values(), operation)) {
    if (hasFailed(scope, stack)) break;
    for (const row of ready) await rollBackOne(scope, stack, operation, row);
  }
  if (rows.values().some(({ step }) => step?.operation === operation.id && step.state === 'running')) return;
  if (hasFailed(scope, stack)) {
    setStackStatus(scope, stack.id, 'UPDATE_ROLLBACK_FAILED', failureSentence(operations.in(scope).get(stack.id)!));
    closeOperation(scope, operation, 'EXECUTE_FAILED');
    return;
  }
  for (const { logicalId } of rows.values())
    rows.update(logicalId, (draft) => {
      delete draft.before;
      delete draft.step;
    });
  setStackStatus(scope, stack.id, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  operations.in(scope).update(stack.id, (draft) => {
    draft.phase = 'cleanup';
  });
  goOn(scope, { stackId: stack.id, operation: operation.id });
}

const hasFailed = (scope: Scope, { id }: StackRow): boolean => operations.in(scope).get(id)!.failed.update.length > 0;

/** Touched, not begun in this rollback, and what it depends on is back already. */
function readyRows(rows: readonly ResourceRow[], { id }: OperationRow): ResourceRow[] {
  const touched = rows.filter(({ before }) => before !== undefined);
  const left = new Set(touched.map(({ logicalId }) => logicalId));
  return touched.filter(
    (row) =>
      row.step?.operation !== id &&
      !(row.before?.dependsOn ?? []).some((need) => need !== row.logicalId && left.has(need)),
  );
}

async function rollBackOne(scope: Scope, stack: StackRow, operation: OperationRow, row: ResourceRow): Promise<void> {
  const rows = resourcesOf(scope, stack.id);
  const { logicalId, before, step } = row;
  if (before === null) return undoAddition(scope, stack, row);
  if (step?.action === 'recreate') return undoRecreation(scope, stack, row);
  if (step?.action === 'none' || step === undefined) {
    rows.update(logicalId, (draft) => {
      Object.assign(draft, before);
      delete draft.before;
    });
    return;
  }
  const next = { operation: operation.id, action: 'rollback', state: 'running', token: randomUUID() } as const;
  if (operation.spared.includes(logicalId)) return skip(scope, stack, row, next);
  const replaced = before!.physicalId !== row.physicalId;
  if (replaced) {
    leaveBehind(scope, stack.id, row);
    takeBack(scope, stack, logicalId, before!.physicalId);
  }
  setResourceStatus(scope, stack.id, logicalId, 'UPDATE_IN_PROGRESS', undefined, (draft) => {
    Object.assign(draft, before);
    draft.step = next;
  });
  const provider = await providerFor(row.type, await schemaFor(row.type));
  const update = provider.update?.bind(provider);
  const progress =
    replaced || !update
      ? ({ status: 'done', physicalId: before!.physicalId! } as const)
      : await ask(row.type, () =>
          update(
            { before: row.properties, after: before!.properties, physicalId: before!.physicalId! },
            resourceContext(scope, stack, logicalId),
          ),
        );
  await followProgress(scope, stack, operation, logicalId, progress);
  if (progress.status === 'failed')
    rows.update(logicalId, (draft) => {
      // What it is now stays known, so that the rollback can be continued.
      draft.properties = row.properties;
    });
}

/** `ContinueUpdateRollback` with this resource skipped: it counts as rolled back, whatever it is in truth. */
function skip(
  scope: Scope,
  stack: StackRow,
  { logicalId, before }: ResourceRow,
  step: NonNullable<ResourceRow['step']>,
): void {
  setResourceStatus(scope, stack.id, logicalId, 'UPDATE_COMPLETE', undefined, (draft) => {
    Object.assign(draft, before);
    draft.step = { ...step, state: 'done' };
    delete draft.before;
  });
}

/** What the update had added goes in the cleanup phase. */
function undoAddition(scope: Scope, stack: StackRow, row: ResourceRow): void {
  resourcesOf(scope, stack.id).delete(row.logicalId);
  leaveBehind(scope, stack.id, row, {
    keep: row.deletionPolicy === 'Retain' || row.step?.action === 'import',
    removed: true,
  });
}

/** What was gone before is gone again: the stack returns to how things really were. */
function undoRecreation(scope: Scope, stack: StackRow, row: ResourceRow): void {
  if (row.step?.state === 'done') leaveBehind(scope, stack.id, row, { keep: row.deletionPolicy === 'Retain' });
  resourcesOf(scope, stack.id).update(row.logicalId, (draft) => {
    Object.assign(draft, row.before);
    delete draft.before;
    delete draft.step;
  });
}

/** What the update had left behind for removal is in use again. */
function takeBack(scope: Scope, { id }: StackRow, logicalId: string, physicalId: string | undefined): void {
  const rows = leftoversOf(scope, id);
  for (const row of rows.values())
    if (row.logicalId === logicalId && row.physicalId === physicalId) rows.delete(row.id);
}
