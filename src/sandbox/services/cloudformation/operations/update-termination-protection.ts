import type {
  UpdateTerminationProtectionCommandInput,
  UpdateTerminationProtectionCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalid, noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { stacks } from '../state.ts';

export const updateTerminationProtection: Operation<
  UpdateTerminationProtectionCommandInput,
  Answer<UpdateTerminationProtectionCommandOutput>
> = ({ StackName, EnableTerminationProtection }, call) => {
  const stack = livingStackOr(call, StackName!, noStack);
  if (stack.parentId !== undefined)
    throw invalid(`Termination protection cannot be changed on nested stack [${stack.name}]`);
  if (stack.status === 'DELETE_IN_PROGRESS')
    throw invalid(
      `Stack [${stack.id}] is in DELETE_IN_PROGRESS state and its termination protection can not be updated.`,
    );
  stacks.in(call).update(stack.id, (draft) => {
    draft.terminationProtection = EnableTerminationProtection ?? false;
  });
  return { StackId: stack.id };
};
