import type { RollbackStackCommandInput, RollbackStackCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { startOperation } from '../engine/start-operation.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { isRepeated } from '../is-repeated.ts';
import { stacks } from '../state.ts';

/** For a stack whose failed creation or update was left as it is: goes back to the last stable state, or to nothing. */
export const rollbackStack: Operation<RollbackStackCommandInput, Answer<RollbackStackCommandOutput>> = (
  { StackName, RoleARN, ClientRequestToken, RetainExceptOnCreate },
  call,
) => {
  const stack = livingStackOr(call, StackName!, noStack);
  if (isRepeated(call, stack.id, ClientRequestToken)) return { StackId: stack.id };
  if (stack.status !== 'CREATE_FAILED' && stack.status !== 'UPDATE_FAILED')
    throw invalid('RollbackStack cannot be called from current stack status');
  const updated = stack.stable !== undefined;
  stacks.in(call).update(stack.id, (draft) => {
    if (RoleARN) draft.roleArn = RoleARN;
    if (draft.stable) draft.deployment = draft.stable;
    if (draft.stableOutputs) draft.outputs = draft.stableOutputs;
    if (!updated) delete draft.changeSetId;
    draft.endpoint = call.endpoint;
  });
  startOperation(
    call,
    stack.id,
    updated ? 'update-rollback' : 'create-rollback',
    updated ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS',
    { clientToken: ClientRequestToken, retainExceptOnCreate: RetainExceptOnCreate },
  );
  return { StackId: stack.id };
};
