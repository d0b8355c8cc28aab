import type {
  GetStackPolicyCommandInput,
  GetStackPolicyCommandOutput,
  SetStackPolicyCommandInput,
  SetStackPolicyCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { noStack } from '../faults.ts';
import { livingStackOr } from '../find-stack.ts';
import { stacks } from '../state.ts';
import { policyText } from './policy-source.ts';

export const getStackPolicy: Operation<GetStackPolicyCommandInput, Answer<GetStackPolicyCommandOutput>> = (
  { StackName },
  call,
) => {
  const { policy } = livingStackOr(call, StackName!, noStack);
  return policy === undefined ? {} : { StackPolicyBody: policy };
};

export const setStackPolicy: Operation<SetStackPolicyCommandInput, Answer<SetStackPolicyCommandOutput>> = async (
  input,
  call,
) => {
  const stack = livingStackOr(call, input.StackName!, noStack);
  const policy = await policyText(input, call);
  stacks.in(call).update(stack.id, (draft) => {
    if (policy !== undefined) draft.policy = policy;
  });
  return {};
};
