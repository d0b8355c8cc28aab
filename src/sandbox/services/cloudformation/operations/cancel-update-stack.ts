import type { CancelUpdateStackCommandInput, CancelUpdateStackCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { cancelRunning } from '../engine/fail.ts';
import { startRollback } from '../engine/start-rollback.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { isRepeated } from '../is-repeated.ts';
import { operations, stacks } from '../state.ts';

/** Only an update can be cancelled; it goes back to what was. */
export const cancelUpdateStack: Operation<CancelUpdateStackCommandInput, Answer<CancelUpdateStackCommandOutput>> = (
  { StackName, ClientRequestToken },
  call,
) => {
  const stack = livingStackOr(call, StackName!, noStack);
  if (isRepeated(call, stack.id, ClientRequestToken)) return {};
  const operation = operations.in(call).get(stack.id);
  if (stack.status !== 'UPDATE_IN_PROGRESS' || !operation)
    throw invalid('CancelUpdateStack cannot be called from current stack status');
  if (ClientRequestToken !== undefined) {
    operations.in(call).update(stack.id, (draft) => {
      draft.clientToken = ClientRequestToken;
    });
    stacks.in(call).update(stack.id, (draft) => {
      draft.lastToken = ClientRequestToken;
    });
  }
  cancelRunning(call, stack, operation);
  startRollback(call, stack, operations.in(call).get(stack.id)!, 'User Initiated');
  return {};
};
