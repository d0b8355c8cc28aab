import type {
  ContinueUpdateRollbackCommandInput,
  ContinueUpdateRollbackCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { startOperation } from '../engine/start-operation.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { isRepeated } from '../is-repeated.ts';
import { resourcesOf, stacks } from '../state.ts';

/** Tries again to bring a stack back. Only what failed in the rollback may be skipped; it then counts as rolled back. */
export const continueUpdateRollback: Operation<
  ContinueUpdateRollbackCommandInput,
  Answer<ContinueUpdateRollbackCommandOutput>
> = ({ StackName, ResourcesToSkip = [], RoleARN, ClientRequestToken }, call) => {
  const stack = livingStackOr(call, StackName!, noStack);
  if (isRepeated(call, stack.id, ClientRequestToken)) return {};
  if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
    throw invalid('RollbackUpdatedStack cannot be called from current stack status');
  const own = ResourcesToSkip.filter((id) => !id.includes('.'));
  // Not those that failed for another reason, such as an update that was cancelled.
  const failed = (id: string) => {
    const row = resourcesOf(call, stack.id).get(id);
    return row?.status === 'UPDATE_FAILED' && row.step?.action === 'rollback' && row.step.state === 'failed';
  };
  const wrong = own.filter((id) => !failed(id));
  if (wrong.length > 0)
    throw invalid(
      `Only resources in UPDATE_FAILED state can be skipped in rollback. Resources that are not: [${wrong.join(', ')}]`,
    );
  stacks.in(call).update(stack.id, (draft) => {
    if (RoleARN) draft.roleArn = RoleARN;
    draft.endpoint = call.endpoint;
  });
  startOperation(call, stack.id, 'update-rollback', 'UPDATE_ROLLBACK_IN_PROGRESS', {
    clientToken: ClientRequestToken,
    spared: ResourcesToSkip,
  });
  return {};
};
