import type { ECR, ImageDetail, Repository } from '@aws-sdk/client-ecr';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';
import { type ImageParts, pushImage } from './push-image.ts';

export type ImageReference = { tag: string } | { digest: string };

/** What `docker login` is given; the password is a token that is good for twelve hours. */
export interface RegistryLogin {
  readonly registry: string;
  readonly username: string;
  readonly password: string;
}

/** What a registry holds under a reference, and its media type: an index, or one platform's manifest. */
export interface Manifest {
  readonly body: string;
  readonly mediaType: string;
  readonly digest: string;
}

const MANIFESTS = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export class Ecr {
  readonly #ecr: () => Promise<ECR>;

  constructor(connection: Connection) {
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

  /** BatchGetImage answers 200 with `failures`, so an image that is not there is no error of AWS's. */
  async manifest(repository: string, reference: ImageReference): Promise<Manifest | undefined> {
    const answer = await find('ecr:BatchGetImage', ['RepositoryNotFoundException'], async () =>
      (await this.#ecr()).batchGetImage({
        repositoryName: repository,
        imageIds: [imageId(reference)],
        acceptedMediaTypes: MANIFESTS,
      }),
    );
    const image = answer?.images?.[0];
    return (
      image && {
        body: image.imageManifest!,
        mediaType: image.imageManifestMediaType ?? '',
        digest: image.imageId!.imageDigest!,
      }
    );
  }

  /** Without a container engine: for images small enough to hold in memory. */
  async push(repository: string, tag: string, image: ImageParts): Promise<void> {
    await pushImage(await this.#ecr(), repository, tag, image);
  }

  async login(): Promise<RegistryLogin> {
    const { authorizationData } = await call('ecr:GetAuthorizationToken', async () =>
      (await this.#ecr()).getAuthorizationToken({}),
    );
    const { authorizationToken, proxyEndpoint } = authorizationData![0]!;
    const [username, password] = Buffer.from(authorizationToken!, 'base64').toString().split(':');
    return { registry: proxyEndpoint!.replace(/^https?:\/\//, ''), username: username!, password: password! };
  }

  /** With all its images. */
  async deleteRepository(name: string): Promise<void> {
    await find('ecr:DeleteRepository', ['RepositoryNotFoundException'], async () =>
      (await this.#ecr()).deleteRepository({ repositoryName: name, force: true }),
    );
  }

  /** How many images a repository holds; undefined when there is none. */
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
}

const imageId = (reference: ImageReference) =>
  'tag' in reference ? { imageTag: reference.tag } : { imageDigest: reference.digest };
