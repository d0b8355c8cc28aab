import type { ECR, ImageDetail, Repository } from '@aws-sdk/client-ecr';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';
import { type ImageParts, pushImage } from './push-image.ts';

export type ImageReference = { tag: string } | { digest: string };

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
