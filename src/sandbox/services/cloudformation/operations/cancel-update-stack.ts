import type { CancelUpdateStackCommandInput, CancelUpdateStackCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { cancelRunning } from '../engine/fail.ts';
import { startRollback } from '../engine/start-rollback.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { operations } from '../state.ts';

/** Only an update can be cancelled; it goes back to what was. */
export const cancelUpdateStack: Operation<CancelUpdateStackCommandInput, Answer<CancelUpdateStackCommandOutput>> = (
  { StackName, ClientRequestToken },
  call,
) => {
  const stack = livingStackOr(call, StackName!, noStack);
  const operation = operations.in(call).get(stack.id);
  if (stack.status !== 'UPDATE_IN_PROGRESS' || !operation)
    throw invalid('CancelUpdateStack cannot be called from current stack status');
  if (ClientRequestToken !== undefined)
    operations.in(call).update(stack.id, (draft) => {
      draft.clientToken = ClientRequestToken;
    });
  cancelRunning(call, stack, operation);
  startRollback(call, stack, operations.in(call).get(stack.id)!, 'User Initiated');
  return {};
};
