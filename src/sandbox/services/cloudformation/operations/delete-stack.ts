import type { DeleteStackCommandInput, DeleteStackCommandOutput } from '@aws-sdk/client-cloudformation';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { setStackStatus } from '../engine/events.ts';
import { cancelRunning } from '../engine/fail.ts';
import { startOperation } from '../engine/start-operation.ts';
import { invalid } from '../faults.ts';
import { findStack } from '../find-stack.ts';
import { isRepeated } from '../is-repeated.ts';
import { operations, resourcesOf, type StackRow, stackNames, stacks } from '../state.ts';

/** While these go on, nothing else may be begun. A creation may be broken off. */
const BUSY = /^(UPDATE|IMPORT)_.*IN_PROGRESS$|^ROLLBACK_IN_PROGRESS$/;

export const deleteStack: Operation<DeleteStackCommandInput, Answer<DeleteStackCommandOutput>> = (input, call) => {
  const stack = findStack(call, input.StackName!);
  if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return {};
  if (isRepeated(call, stack.id, input.ClientRequestToken)) return {};
  if (stack.terminationProtection)
    throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  beginDelete(input, call, stack);
  return {};
};

export function beginDelete(input: DeleteStackCommandInput, call: Call, stack: StackRow): void {
  const { RetainResources = [] } = input;
  if (RetainResources.length > 0 && stack.status !== 'DELETE_FAILED')
    throw invalid(
      `Invalid operation on stack [${stack.id}]. When you delete a stack, specify which resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  const unknown = RetainResources.filter((id) => resourcesOf(call, stack.id).get(id)?.status !== 'DELETE_FAILED');
  if (unknown.length > 0)
    throw invalid(
      'The specified resources to retain must be in a valid state. Do not specify resources that are in the DELETE_COMPLETE state.',
    );
  if (BUSY.test(stack.status)) throw invalid(`Stack [${stack.id}] cannot be deleted while in status ${stack.status}`);
  if (stack.status === 'REVIEW_IN_PROGRESS') {
    forget(call, stack);
    return;
  }
  const running = operations.in(call).get(stack.id);
  if (running) cancelRunning(call, stack, running);
  stacks.in(call).update(stack.id, (draft) => {
    delete draft.changeSetId;
    if (input.RoleARN) draft.roleArn = input.RoleARN;
    draft.endpoint = call.endpoint;
  });
  startOperation(call, stack.id, 'delete', 'DELETE_IN_PROGRESS', {
    clientToken: input.ClientRequestToken,
    returnTo: /_COMPLETE$/.test(stack.status) ? stack.status : undefined,
    spared: input.DeletionMode === 'FORCE_DELETE_STACK' ? failedBefore(call, stack) : RetainResources,
  });
}

const failedBefore = (call: Call, { id }: StackRow): string[] =>
  resourcesOf(call, id)
    .values()
    .filter(({ status }) => status === 'DELETE_FAILED')
    .map(({ logicalId }) => logicalId);

/** A stack that was only ever reviewed has nothing to remove. */
function forget(call: Call, stack: StackRow): void {
  stackNames.in(call).delete(stack.name);
  stacks.in(call).update(stack.id, (draft) => {
    draft.deletedAt = call.world.clock.stamp();
  });
  setStackStatus(call, stack.id, 'DELETE_IN_PROGRESS', 'User Initiated');
  setStackStatus(call, stack.id, 'DELETE_COMPLETE');
}
