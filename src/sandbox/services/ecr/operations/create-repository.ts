import type { CreateRepositoryCommandInput, CreateRepositoryCommandOutput } from '@aws-sdk/client-ecr';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { repositoryExists } from '../faults.ts';
import { checkedName, repositoryAnswer } from '../repositories.ts';
import { repositories } from '../state.ts';
import { checkedMutability } from '../tag-mutability.ts';

export const createRepository: Operation<CreateRepositoryCommandInput, Answer<CreateRepositoryCommandOutput>> = (
  input,
  call,
) => {
  const name = checkedName(input.repositoryName);
  if (repositories.in(call).has(name)) throw repositoryExists(name, call);
  const { encryptionType = 'AES256', kmsKey } = input.encryptionConfiguration ?? {};
  const key = kmsKey ?? `arn:aws:kms:${call.region}:${call.account}:alias/aws/ecr`;
  const row = repositories.in(call).put(name, {
    repositoryName: name,
    createdAt: call.world.clock.stamp(),
    ...checkedMutability(input.imageTagMutability, input.imageTagMutabilityExclusionFilters),
    scanOnPush: input.imageScanningConfiguration?.scanOnPush ?? false,
    encryption: encryptionType === 'AES256' ? { encryptionType } : { encryptionType: encryptionType!, kmsKey: key },
    tags: (input.tags ?? []).map(({ Key, Value }) => ({ Key: Key!, Value: Value ?? '' })),
  });
  return { repository: repositoryAnswer(call, row) };
};
