import type { Scope } from '../../../kernel/scope.ts';
import { type ChangeSetRow, changeSets, type OperationRow, operations, stacks } from '../state.ts';

/** The stack rests. A change set that was being executed learns how it went. */
export function closeOperation(scope: Scope, operation: OperationRow, outcome: ChangeSetRow['executionStatus']): void {
  operations.in(scope).delete(operation.stackId);
  stacks.in(scope).update(operation.stackId, (draft) => {
    delete draft.policyDuringUpdate;
  });
  const { changeSetId } = operation;
  if (changeSetId && changeSets.in(scope).has(changeSetId))
    changeSets.in(scope).update(changeSetId, (draft) => {
      draft.executionStatus = outcome;
    });
}
