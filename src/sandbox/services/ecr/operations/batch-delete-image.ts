import type {
  BatchDeleteImageCommandInput,
  BatchDeleteImageCommandOutput,
  ImageFailure,
  ImageIdentifier,
} from '@aws-sdk/client-ecr';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { findImage, imagesOf, tagsOf } from '../find-image.ts';
import { parseManifest } from '../manifest.ts';
import { repositoryOf } from '../repositories.ts';
import { type ImageRow, images, imageTags } from '../state.ts';

/** By tag: the tag goes, and the image with its last one. By digest: the image and all its tags. */
export const batchDeleteImage: Operation<BatchDeleteImageCommandInput, Answer<BatchDeleteImageCommandOutput>> = (
  { repositoryName, imageIds = [] },
  call,
) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const deleted: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const imageId of imageIds) {
    const row = findImage(call, name, { digest: imageId.imageDigest, tag: imageId.imageTag });
    const holders = row && !imageId.imageTag ? indexesWith(call, row) : [];
    if (!row) failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
    else if (holders.length > 0)
      failures.push({
        imageId,
        failureCode: 'ImageReferencedByManifestList',
        failureReason: `Requested image referenced by manifest list: [${holders.join(', ')}]`,
      });
    else deleted.push(...remove(call, row, imageId.imageTag));
  }
  return { imageIds: deleted, failures };
};

function remove(call: Call, row: ImageRow, tag: string | undefined): ImageIdentifier[] {
  const { repositoryName: name, digest } = row;
  const gone = tag === undefined ? tagsOf(call, row) : [tag];
  for (const each of gone) imageTags.in(call).delete(`${name}:${each}`);
  if (tagsOf(call, row).length === 0 && indexesWith(call, row).length === 0)
    images.in(call).delete(`${name}@${digest}`);
  return gone.length === 0 ? [{ imageDigest: digest }] : gone.map((imageTag) => ({ imageDigest: digest, imageTag }));
}

const indexesWith = (call: Call, { repositoryName, digest }: ImageRow): string[] =>
  imagesOf(call, repositoryName)
    .filter((row) => parseManifest(row.manifest)?.manifests?.some((listed) => listed.digest === digest))
    .map((row) => row.digest);
