import type {
  DeleteRepositoryPolicyCommandInput,
  DeleteRepositoryPolicyCommandOutput,
  GetRepositoryPolicyCommandInput,
  GetRepositoryPolicyCommandOutput,
  SetRepositoryPolicyCommandInput,
  SetRepositoryPolicyCommandOutput,
} from '@aws-sdk/client-ecr';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalidParameter, policyNotFound } from '../faults.ts';
import { repositoryOf } from '../repositories.ts';
import { repositories } from '../state.ts';

export const setRepositoryPolicy: Operation<
  SetRepositoryPolicyCommandInput,
  Answer<SetRepositoryPolicyCommandOutput>
> = ({ repositoryName, policyText = '' }, call) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  if (!isPolicy(policyText)) throw invalidParameter('PolicyText', 'Invalid repository policy provided');
  repositories.in(call).update(name, (draft) => {
    draft.policy = policyText;
  });
  return { registryId: call.account, repositoryName: name, policyText };
};

export const getRepositoryPolicy: Operation<
  GetRepositoryPolicyCommandInput,
  Answer<GetRepositoryPolicyCommandOutput>
> = ({ repositoryName }, call) => {
  const { repositoryName: name, policy } = repositoryOf(call, repositoryName);
  if (policy === undefined) throw policyNotFound(name, call);
  return { registryId: call.account, repositoryName: name, policyText: policy };
};

export const deleteRepositoryPolicy: Operation<
  DeleteRepositoryPolicyCommandInput,
  Answer<DeleteRepositoryPolicyCommandOutput>
> = ({ repositoryName }, call) => {
  const { repositoryName: name, policy } = repositoryOf(call, repositoryName);
  if (policy === undefined) throw policyNotFound(name, call);
  repositories.in(call).update(name, (draft) => {
    delete draft.policy;
  });
  return { registryId: call.account, repositoryName: name, policyText: policy };
};

/** A document with statements, each with an effect. What its actions and principals mean is not looked at. */
function isPolicy(text: string): boolean {
  try {
    const statements = [(JSON.parse(text) as { Statement?: unknown }).Statement ?? []].flat();
    return (
      statements.length > 0 &&
      statements.every((each) => ['Allow', 'Deny'].includes((each as { Effect: string })?.Effect))
    );
  } catch {
    return false;
  }
}
