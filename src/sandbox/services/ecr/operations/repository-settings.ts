import type {
  PutImageScanningConfigurationCommandInput,
  PutImageScanningConfigurationCommandOutput,
  PutImageTagMutabilityCommandInput,
  PutImageTagMutabilityCommandOutput,
} from '@aws-sdk/client-ecr';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { repositoryOf } from '../repositories.ts';
import { repositories } from '../state.ts';
import { checkedMutability } from '../tag-mutability.ts';

export const putImageTagMutability: Operation<
  PutImageTagMutabilityCommandInput,
  Answer<PutImageTagMutabilityCommandOutput>
> = ({ repositoryName, imageTagMutability, imageTagMutabilityExclusionFilters }, call) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const mutability = checkedMutability(imageTagMutability, imageTagMutabilityExclusionFilters);
  repositories.in(call).update(name, (draft) => void Object.assign(draft, mutability));
  return {
    registryId: call.account,
    repositoryName: name,
    imageTagMutability: mutability.imageTagMutability,
    ...(imageTagMutabilityExclusionFilters?.length ? { imageTagMutabilityExclusionFilters } : {}),
  };
};

export const putImageScanningConfiguration: Operation<
  PutImageScanningConfigurationCommandInput,
  Answer<PutImageScanningConfigurationCommandOutput>
> = ({ repositoryName, imageScanningConfiguration }, call) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const scanOnPush = imageScanningConfiguration?.scanOnPush ?? false;
  repositories.in(call).update(name, (draft) => {
    draft.scanOnPush = scanOnPush;
  });
  return { registryId: call.account, repositoryName: name, imageScanningConfiguration: { scanOnPush } };
};
