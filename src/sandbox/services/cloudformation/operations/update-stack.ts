import type { UpdateStackCommandInput, UpdateStackCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { isNoChange } from '../change-set/is-no-change.ts';
import { planChanges } from '../change-set/plan-changes.ts';
import { setDeployment, startOperation } from '../engine/start-operation.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { type StackRow, stacks } from '../state.ts';
import type { JsonObject } from '../template/template.ts';
import { checkUpdatable } from './check-updatable.ts';
import { obsoleteChangeSets } from './obsolete-change-sets.ts';
import { policyText } from './policy-source.ts';
import { prepareDeployment } from './prepare-deployment.ts';
import { templateSource } from './template-source.ts';

export const updateStack: Operation<UpdateStackCommandInput, Answer<UpdateStackCommandOutput>> = async (
  input,
  call,
) => {
  const stack = livingStackOr(call, input.StackName!, noStack);
  checkUpdatable(stack);
  await beginUpdate(input, call, stack);
  return { StackId: stack.id };
};

/** Begins to change a stack that may be changed. Throws when there is nothing to change. */
export async function beginUpdate(input: UpdateStackCommandInput, call: Call, stack: StackRow): Promise<void> {
  const text = await templateSource(input, call, stack);
  const deployment = await prepareDeployment(text, input, call, stack, stack.deployment);
  const plan = await planChanges(call, stack, deployment);
  const failedBefore = stack.status === 'CREATE_FAILED' || stack.status === 'UPDATE_FAILED';
  if (!failedBefore && isNoChange(call, stack, deployment, plan)) throw invalid('No updates are to be performed.');
  const policy = await policyText(input, call);
  const temporary = await policyText(
    { StackPolicyBody: input.StackPolicyDuringUpdateBody, StackPolicyURL: input.StackPolicyDuringUpdateURL },
    call,
  );
  await setDeployment(call, stack, deployment);
  stacks.in(call).update(stack.id, (draft) => {
    draft.updatedAt = call.world.clock.stamp();
    draft.disableRollback = input.DisableRollback ?? draft.disableRollback;
    if (input.RoleARN) draft.roleArn = input.RoleARN;
    if (input.RollbackConfiguration) draft.rollbackConfiguration = input.RollbackConfiguration as unknown as JsonObject;
    if (policy !== undefined) draft.policy = policy;
    if (temporary !== undefined) draft.policyDuringUpdate = temporary;
    draft.endpoint = call.endpoint;
  });
  obsoleteChangeSets(call, stack.id);
  startOperation(call, stack.id, 'update', 'UPDATE_IN_PROGRESS', {
    clientToken: input.ClientRequestToken,
    onFailure: input.DisableRollback ? 'DO_NOTHING' : 'ROLLBACK',
    retainExceptOnCreate: input.RetainExceptOnCreate,
  });
}
