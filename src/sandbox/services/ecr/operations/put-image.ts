import type { PutImageCommandInput, PutImageCommandOutput } from '@aws-sdk/client-ecr';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { addImage } from '../add-image.ts';
import { invalidParameter } from '../faults.ts';
import { repositoryOf } from '../repositories.ts';

export const putImage: Operation<PutImageCommandInput, Answer<PutImageCommandOutput>> = (input, call) => {
  const repository = repositoryOf(call, input.repositoryName);
  if (!input.imageManifest) throw invalidParameter('imageManifest', 'Member must not be null');
  const { digest, manifest, mediaType } = addImage(call, repository, {
    manifest: input.imageManifest,
    mediaType: input.imageManifestMediaType,
    tag: input.imageTag,
    digest: input.imageDigest,
    again: 'refuse',
  });
  return {
    image: {
      registryId: call.account,
      repositoryName: repository.repositoryName,
      imageId: { imageDigest: digest, ...(input.imageTag ? { imageTag: input.imageTag } : {}) },
      imageManifest: manifest,
      imageManifestMediaType: mediaType,
    },
  };
};
