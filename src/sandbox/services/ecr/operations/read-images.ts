import type {
  BatchGetImageCommandInput,
  BatchGetImageCommandOutput,
  DescribeImagesCommandInput,
  DescribeImagesCommandOutput,
  Image,
  ImageDetail,
  ImageFailure,
  ListImagesCommandInput,
  ListImagesCommandOutput,
} from '@aws-sdk/client-ecr';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { imageNotFound } from '../faults.ts';
import { findImage, imagesOf, tagsOf } from '../find-image.ts';
import { listPage } from '../list-page.ts';
import { parseManifest } from '../manifest.ts';
import { repositoryOf } from '../repositories.ts';
import { type ImageRow, images } from '../state.ts';

/** One image that is not there refuses the whole call. */
export const describeImages: Operation<DescribeImagesCommandInput, Answer<DescribeImagesCommandOutput>> = (
  { repositoryName, imageIds, filter, maxResults, nextToken },
  call,
) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const rows = imageIds
    ? imageIds.map((id) => {
        const row = findImage(call, name, { digest: id.imageDigest, tag: id.imageTag });
        if (!row) throw imageNotFound(id, name, call);
        return row;
      })
    : imagesOf(call, name).filter((row) => hasTagStatus(call, row, filter?.tagStatus));
  const { items, ...rest } = listPage([...new Set(rows)], { maxResults, nextToken });
  return { imageDetails: items.map((row) => detail(call, row)), ...rest };
};

/** One entry per tag; untagged images once. */
export const listImages: Operation<ListImagesCommandInput, Answer<ListImagesCommandOutput>> = (
  { repositoryName, filter, maxResults, nextToken },
  call,
) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const ids = imagesOf(call, name)
    .filter((row) => hasTagStatus(call, row, filter?.tagStatus))
    .flatMap((row) => {
      const tags = tagsOf(call, row);
      return tags.length === 0
        ? [{ imageDigest: row.digest }]
        : tags.map((imageTag) => ({ imageDigest: row.digest, imageTag }));
    });
  const { items, ...rest } = listPage(ids, { maxResults, nextToken });
  return { imageIds: items, ...rest };
};

/** Images that are not there are named in `failures`. A pull is noted, as it is when Docker pulls. */
export const batchGetImage: Operation<BatchGetImageCommandInput, Answer<BatchGetImageCommandOutput>> = (
  { repositoryName, imageIds = [] },
  call,
) => {
  const { repositoryName: name } = repositoryOf(call, repositoryName);
  const found: Image[] = [];
  const failures: ImageFailure[] = [];
  for (const imageId of imageIds) {
    const row = findImage(call, name, { digest: imageId.imageDigest, tag: imageId.imageTag });
    if (!row) {
      failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
      continue;
    }
    images.in(call).update(`${name}@${row.digest}`, (draft) => {
      draft.pulledAt = call.world.clock.stamp();
    });
    found.push({
      registryId: call.account,
      repositoryName: name,
      imageId: { imageDigest: row.digest, ...(imageId.imageTag ? { imageTag: imageId.imageTag } : {}) },
      imageManifest: row.manifest,
      imageManifestMediaType: row.mediaType,
    });
  }
  return { images: found, failures };
};

function hasTagStatus(call: Call, row: ImageRow, status: string | undefined): boolean {
  if (status === undefined || status === 'ANY') return true;
  return tagsOf(call, row).length > 0 === (status === 'TAGGED');
}

function detail(call: Call, row: ImageRow): ImageDetail {
  const tags = tagsOf(call, row);
  const artifact = parseManifest(row.manifest)?.config?.mediaType;
  return {
    registryId: call.account,
    repositoryName: row.repositoryName,
    imageDigest: row.digest,
    ...(tags.length > 0 ? { imageTags: tags } : {}),
    imageSizeInBytes: row.size,
    imagePushedAt: new Date(row.pushedAt),
    imageManifestMediaType: row.mediaType,
    ...(artifact ? { artifactMediaType: artifact } : {}),
    ...(row.pulledAt === undefined ? {} : { lastRecordedPullTime: new Date(row.pulledAt) }),
    imageStatus: 'ACTIVE',
  };
}
