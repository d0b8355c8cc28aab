import type { ECR, ImageDetail, Repository } from '@aws-sdk/client-ecr';
import { Secret } from '../secret.ts';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { missingLayers, receiveLayer } from './copy-image.ts';
import { download, downloadStream } from './download.ts';
import { once } from './once.ts';
import { type ImageParts, pushImage } from './push-image.ts';

export type ImageReference = { tag: string } | { digest: string };

/** A manifest or an index, as it was pushed. */
export interface StoredManifest {
  digest: string;
  mediaType: string;
  text: string;
}

export interface RegistryAuthorization {
  password: Secret;
  /** With its scheme: `https://<account>.dkr.ecr.<region>.amazonaws.com`. */
  endpoint: string;
}

/** Without these ECR answers with a translation of the manifest, which has another digest. */
const MEDIA_TYPES = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

export class Ecr {
  readonly #ecr: () => Promise<ECR>;
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#ecr = once(async () => connect((await import('@aws-sdk/client-ecr')).ECR, connection));
  }

  async repository(name: string): Promise<Repository | undefined> {
    const answer = await find('ecr:DescribeRepositories', ['RepositoryNotFoundException'], async () =>
      (await this.#ecr()).describeRepositories({ repositoryNames: [name] }),
    );
    return answer?.repositories?.[0];
  }

  async image(repository: string, reference: ImageReference): Promise<ImageDetail | undefined> {
    const answer = await find(
      'ecr:DescribeImages',
      ['ImageNotFoundException', 'RepositoryNotFoundException'],
      async () => (await this.#ecr()).describeImages({ repositoryName: repository, imageIds: [imageId(reference)] }),
    );
    return answer?.imageDetails?.[0];
  }

  /** All images of a repository; none when there is no such repository. */
  async images(repository: string): Promise<ImageDetail[]> {
    const found: ImageDetail[] = [];
    let nextToken: string | undefined;
    do {
      const page = await find('ecr:DescribeImages', ['RepositoryNotFoundException'], async () =>
        (await this.#ecr()).describeImages({ repositoryName: repository, ...(nextToken ? { nextToken } : {}) }),
      );
      found.push(...(page?.imageDetails ?? []));
      nextToken = page?.nextToken;
    } while (nextToken);
    return found;
  }

  async manifest(repository: string, reference: ImageReference): Promise<StoredManifest | undefined> {
    const answer = await find('ecr:BatchGetImage', ['RepositoryNotFoundException'], async () =>
      (await this.#ecr()).batchGetImage({
        repositoryName: repository,
        imageIds: [imageId(reference)],
        acceptedMediaTypes: MEDIA_TYPES,
      }),
    );
    const image = answer?.images?.[0];
    if (!image) return undefined;
    return {
      digest: image.imageId!.imageDigest!,
      mediaType: image.imageManifestMediaType ?? '',
      text: image.imageManifest!,
    };
  }

  /** The bytes of a small layer or configuration; undefined when the repository does not have it. */
  async layer(repository: string, digest: string): Promise<Buffer | undefined> {
    return find('ecr:GetDownloadUrlForLayer', ['LayersNotFoundException', 'LayerInaccessibleException'], async () => {
      const { downloadUrl } = await (await this.#ecr()).getDownloadUrlForLayer({
        repositoryName: repository,
        layerDigest: digest,
      });
      return download(this.#connection, downloadUrl!);
    });
  }

  /** The bytes of any layer, as they come; undefined when the repository does not have it. */
  async layerBytes(repository: string, digest: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    return find('ecr:GetDownloadUrlForLayer', ['LayersNotFoundException', 'LayerInaccessibleException'], async () => {
      const { downloadUrl } = await (await this.#ecr()).getDownloadUrlForLayer({
        repositoryName: repository,
        layerDigest: digest,
      });
      return downloadStream(this.#connection, downloadUrl!);
    });
  }

  async missingLayers(repository: string, digests: readonly string[]): Promise<string[]> {
    return missingLayers(await this.#ecr(), repository, digests);
  }

  async receiveLayer(repository: string, layer: { digest: string; bytes: AsyncIterable<Uint8Array> }): Promise<void> {
    await receiveLayer(await this.#ecr(), repository, layer);
  }

  /** Without a tag: whoever wants it knows its digest. */
  async put(repository: string, { text, mediaType, digest }: StoredManifest): Promise<void> {
    await find('ecr:PutImage', ['ImageAlreadyExistsException'], async () =>
      (await this.#ecr()).putImage({
        repositoryName: repository,
        imageManifest: text,
        imageManifestMediaType: mediaType,
        imageDigest: digest,
      }),
    );
  }

  /** A further tag for an image that is there. Undefined when the tag is immutable and names another image. */
  async tag(repository: string, { text, mediaType, digest }: StoredManifest, tag: string): Promise<true | undefined> {
    const done = await find('ecr:PutImage', ['ImageTagAlreadyExistsException'], async () => {
      try {
        await (await this.#ecr()).putImage({
          repositoryName: repository,
          imageManifest: text,
          imageManifestMediaType: mediaType,
          imageDigest: digest,
          imageTag: tag,
        });
      } catch (error) {
        // The tag names this very image already.
        if (!(error instanceof Error && error.name === 'ImageAlreadyExistsException')) throw error;
      }
      return true as const;
    });
    return done;
  }

  /** A login for every repository of the account in this region, for twelve hours. */
  async authorization(): Promise<RegistryAuthorization> {
    const answer = await call('ecr:GetAuthorizationToken', async () => (await this.#ecr()).getAuthorizationToken({}));
    const { authorizationToken = '', proxyEndpoint = '' } = answer.authorizationData![0]!;
    const password = Buffer.from(authorizationToken, 'base64').toString('utf8').replace(/^AWS:/, '');
    return { password: new Secret('registry password', password), endpoint: proxyEndpoint };
  }

  /** Without a container engine: for images small enough to hold in memory. */
  async push(repository: string, tag: string, image: ImageParts): Promise<void> {
    await pushImage(await this.#ecr(), repository, tag, image);
  }

  /** How many images a repository holds; undefined when there is none of that name. */
  async imageCount(repository: string): Promise<number | undefined> {
    let count = 0;
    let nextToken: string | undefined;
    do {
      const page = await find('ecr:ListImages', ['RepositoryNotFoundException'], async () =>
        (await this.#ecr()).listImages({ repositoryName: repository, nextToken }),
      );
      if (!page) return undefined;
      count += page.imageIds?.length ?? 0;
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return count;
  }

  /** With all its images. */
  async deleteRepository(name: string): Promise<void> {
    await find('ecr:DeleteRepository', ['RepositoryNotFoundException'], async () =>
      (await this.#ecr()).deleteRepository({ repositoryName: name, force: true }),
    );
  }
}

const imageId = (reference: ImageReference) =>
  'tag' in reference ? { imageTag: reference.tag } : { imageDigest: reference.digest };
