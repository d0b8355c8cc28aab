import type {
  DeleteLifecyclePolicyCommandInput,
  DeleteLifecyclePolicyCommandOutput,
  GetLifecyclePolicyCommandInput,
  GetLifecyclePolicyCommandOutput,
  PutLifecyclePolicyCommandInput,
  PutLifecyclePolicyCommandOutput,
} from '@aws-sdk/client-ecr';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { lifecyclePolicyNotFound } from '../faults.ts';
import { checkLifecyclePolicy } from '../lifecycle-rules.ts';
import { repositoryOf } from '../repositories.ts';
import { repositories } from '../state.ts';

/** Kept and shown; images do not expire by it. */
export const putLifecyclePolicy: Operation<PutLifecyclePolicyCommandInput, Answer<PutLifecyclePolicyCommandOutput>> = (
  { repositoryName, lifecyclePolicyText = '' },
  call,
) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  checkLifecyclePolicy(lifecyclePolicyText);
  repositories.in(call).update(name, (draft) => {
    draft.lifecyclePolicy = { text: lifecyclePolicyText, changedAt: call.world.clock.stamp() };
  });
  return { registryId: call.account, repositoryName: name, lifecyclePolicyText };
};

export const getLifecyclePolicy: Operation<GetLifecyclePolicyCommandInput, Answer<GetLifecyclePolicyCommandOutput>> = (
  { repositoryName },
  call,
) => {
  const { repositoryName: name, lifecyclePolicy } = repositoryOf(call, repositoryName);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(name, call);
  return {
    registryId: call.account,
    repositoryName: name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.changedAt),
  };
};

export const deleteLifecyclePolicy: Operation<
  DeleteLifecyclePolicyCommandInput,
  Answer<DeleteLifecyclePolicyCommandOutput>
> = ({ repositoryName }, call) => {
  const { repositoryName: name, lifecyclePolicy } = repositoryOf(call, repositoryName);
  if (!lifecyclePolicy) throw lifecyclePolicyNotFound(name, call);
  repositories.in(call).update(name, (draft) => {
    delete draft.lifecyclePolicy;
  });
  return {
    registryId: call.account,
    repositoryName: name,
    lifecyclePolicyText: lifecyclePolicy.text,
    lastEvaluatedAt: new Date(lifecyclePolicy.changedAt),
  };
};
