import type { Scope } from '../../../kernel/scope.ts';
import { type OperationRow, operations, resourcesOf, type StackRow, stacks } from '../state.ts';
import { closeOperation } from './close-operation.ts';
import { setStackStatus } from './events.ts';
import { publishExports } from './exports.ts';
import { failBeforeWork } from './fail.ts';
import { leaveBehind } from './leave-behind.ts';
import type { Model } from './model.ts';
import { evaluateOutputs } from './outputs.ts';
import { goOn } from './schedule.ts';

/** All resources are what they were to be: outputs and exports follow, and then what is no longer wanted is removed. */
export async function complete(scope: Scope, stack: StackRow, operation: OperationRow, model: Model): Promise<void> {
  try {
    const outputs = evaluateOutputs(model);
    publishExports(scope, stack, outputs);
    stacks.in(scope).update(stack.id, (draft) => {
      draft.outputs = outputs;
      delete draft.stable;
      delete draft.stableOutputs;
    });
  } catch (error) {
    return failBeforeWork(scope, operation, error);
  }
  dropUnwanted(scope, stack, model);
  if (operation.kind === 'create') {
    setStackStatus(scope, stack.id, operation.importing ? 'IMPORT_COMPLETE' : 'CREATE_COMPLETE');
    closeOperation(scope, operation, 'EXECUTE_COMPLETE');
    return;
  }
  setStackStatus(scope, stack.id, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
  const cleaning = operations.in(scope).update(stack.id, (draft) => {
    draft.phase = 'cleanup';
  });
  goOn(scope, { stackId: stack.id, operation: cleaning.id });
}

/** Rows forget what a rollback would have needed; resources that the template no longer has become leftovers. */
function dropUnwanted(scope: Scope, { id }: StackRow, { resources }: Model): void {
  const rows = resourcesOf(scope, id);
  for (const row of rows.values()) {
    if (resources.has(row.logicalId)) {
      rows.update(row.logicalId, (draft) => {
        delete draft.before;
        delete draft.step;
      });
      continue;
    }
    rows.delete(row.logicalId);
    const keep = row.deletionPolicy === 'Retain' || row.deletionPolicy === 'RetainExceptOnCreate';
    leaveBehind(scope, id, row, { keep, snapshot: row.deletionPolicy === 'Snapshot', removed: true });
  }
}
