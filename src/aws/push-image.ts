import type { ECR } from '@aws-sdk/client-ecr';
import { call, find } from './call.ts';

export interface ImageParts {
  manifest: string;
  mediaType: string;
  blobs: readonly { digest: string; body: Uint8Array }[];
}

/** Pushes an image through ECR's own API, without a container engine. Pushing the same again changes nothing. */
export async function pushImage(
  client: ECR,
  repository: string,
  tag: string,
  { manifest, mediaType, blobs }: ImageParts,
): Promise<void> {
  for (const { digest, body } of blobs) {
    const { uploadId } = await call('ecr:InitiateLayerUpload', () =>
      client.initiateLayerUpload({ repositoryName: repository }),
    );
    await call('ecr:UploadLayerPart', () =>
      client.uploadLayerPart({
        repositoryName: repository,
        uploadId,
        partFirstByte: 0,
        partLastByte: body.length - 1,
        layerPartBlob: body,
      }),
    );
    await find('ecr:CompleteLayerUpload', ['LayerAlreadyExistsException'], () =>
      client.completeLayerUpload({ repositoryName: repository, uploadId, layerDigests: [digest] }),
    );
  }
  await find('ecr:PutImage', ['ImageAlreadyExistsException', 'ImageTagAlreadyExistsException'], () =>
    client.putImage({
      repositoryName: repository,
      imageManifest: manifest,
      imageManifestMediaType: mediaType,
      imageTag: tag,
    }),
  );
}
