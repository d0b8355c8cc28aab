import {
  BatchCheckLayerAvailabilityCommand,
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  InitiateLayerUploadCommand,
  ListImagesCommand,
  PutImageCommand,
  PutLifecyclePolicyCommand,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { pushImage } from '../../../testing/push-image.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { digestOf } from './digest.ts';

async function repository(repositoryName = 'web') {
  const sandbox = await startSandbox();
  const ecr = sandbox.client(ECRClient);
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  return { ...sandbox, ecr };
}

describe('ECR', () => {
  it('creates a repository with the address AWS would give it', async () => {
    const { ecr } = await repository('shop/web');
    const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['shop/web'] }));
    expect(repositories).toMatchObject([
      {
        repositoryArn: 'arn:aws:ecr:us-east-1:000000000000:repository/shop/web',
        repositoryUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/shop/web',
        imageTagMutability: 'MUTABLE',
        encryptionConfiguration: { encryptionType: 'AES256' },
      },
    ]);
  });

  it('refuses a repository twice, one that is not there, and a bad name', async () => {
    const { ecr } = await repository();
    expect(await answerOf(ecr.send(new CreateRepositoryCommand({ repositoryName: 'web' })))).toEqual(
      refusal(
        'RepositoryAlreadyExistsException',
        "The repository with name 'web' already exists in the registry with id '000000000000'",
      ),
    );
    expect(await answerOf(ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['gone'] })))).toEqual(
      refusal(
        'RepositoryNotFoundException',
        "The repository with name 'gone' does not exist in the registry with id '000000000000'",
      ),
    );
    expect(await answerOf(ecr.send(new CreateRepositoryCommand({ repositoryName: 'Web' })))).toMatchObject({
      refused: { code: 'InvalidParameterException' },
    });
  });

  it('keeps a repository with images unless forced (F-142)', async () => {
    const sandbox = await repository();
    await pushImage(sandbox, { repository: 'web', tag: 'v1' });
    expect(await answerOf(sandbox.ecr.send(new DeleteRepositoryCommand({ repositoryName: 'web' })))).toEqual(
      refusal(
        'RepositoryNotEmptyException',
        "The repository with name 'web' in registry with id '000000000000' cannot be deleted because it still contains images",
      ),
    );
    await sandbox.ecr.send(new DeleteRepositoryCommand({ repositoryName: 'web', force: true }));
    expect((await sandbox.ecr.send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
  });

  it('takes an image through its API', async () => {
    const { ecr } = await repository();
    const layer = new TextEncoder().encode('{"os":"linux"}');
    const digest = digestOf(layer);
    const { uploadId } = await ecr.send(new InitiateLayerUploadCommand({ repositoryName: 'web' }));
    const part = {
      repositoryName: 'web',
      uploadId,
      partFirstByte: 0,
      partLastByte: layer.length - 1,
      layerPartBlob: layer,
    };
    await ecr.send(new UploadLayerPartCommand(part));
    await ecr.send(new CompleteLayerUploadCommand({ repositoryName: 'web', uploadId, layerDigests: [digest] }));
    const { layers } = await ecr.send(
      new BatchCheckLayerAvailabilityCommand({ repositoryName: 'web', layerDigests: [digest, digestOf('other')] }),
    );
    expect(layers!.map(({ layerAvailability }) => layerAvailability)).toEqual(['AVAILABLE', 'UNAVAILABLE']);

    const config = { mediaType: 'application/vnd.oci.image.config.v1+json', digest, size: layer.length };
    const imageManifest = JSON.stringify({ schemaVersion: 2, config, layers: [] });
    const put = new PutImageCommand({ repositoryName: 'web', imageManifest, imageTag: 'v1' });
    const { image } = await ecr.send(put);
    expect(image!.imageId).toEqual({ imageDigest: digestOf(imageManifest), imageTag: 'v1' });
    expect(await answerOf(ecr.send(put))).toMatchObject({ refused: { code: 'ImageAlreadyExistsException' } });
  });

  it('names images that are not there, each way its own', async () => {
    const { ecr } = await repository();
    expect(
      await answerOf(ecr.send(new DescribeImagesCommand({ repositoryName: 'web', imageIds: [{ imageTag: 'v9' }] }))),
    ).toEqual(
      refusal(
        'ImageNotFoundException',
        "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the repository with name 'web' in the registry with id '000000000000'",
      ),
    );
    const { failures } = await ecr.send(
      new BatchGetImageCommand({ repositoryName: 'web', imageIds: [{ imageTag: 'v9' }] }),
    );
    expect(failures).toEqual([
      { imageId: { imageTag: 'v9' }, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' },
    ]);
  });

  it('deletes a tag, then the image with its last tag, and not what an index lists', async () => {
    const sandbox = await repository();
    const { ecr } = sandbox;
    const { digest, manifests } = await pushImage(sandbox, {
      repository: 'web',
      tag: 'v1',
      architectures: ['amd64', 'arm64'],
    });
    const listed = await ecr.send(
      new BatchDeleteImageCommand({ repositoryName: 'web', imageIds: [{ imageDigest: manifests[0]! }] }),
    );
    expect(listed.failures).toMatchObject([{ failureCode: 'ImageReferencedByManifestList' }]);
    const { imageIds } = await ecr.send(
      new ListImagesCommand({ repositoryName: 'web', filter: { tagStatus: 'TAGGED' } }),
    );
    expect(imageIds).toEqual([{ imageDigest: digest, imageTag: 'v1' }]);
    await ecr.send(new BatchDeleteImageCommand({ repositoryName: 'web', imageIds: [{ imageTag: 'v1' }] }));
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName: 'web' }));
    expect(imageDetails!.map(({ imageDigest }) => imageDigest)).toEqual(manifests);
  });

  it('keeps a lifecycle policy and refuses one that is none', async () => {
    const { ecr } = await repository();
    const rule = {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 5 },
      action: { type: 'expire' },
    };
    const lifecyclePolicyText = JSON.stringify({ rules: [rule] });
    await ecr.send(new PutLifecyclePolicyCommand({ repositoryName: 'web', lifecyclePolicyText }));
    expect(await ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'web' }))).toMatchObject({
      lifecyclePolicyText,
    });
    const bad = JSON.stringify({ rules: [{ ...rule, selection: { tagStatus: 'tagged' } }] });
    expect(
      await answerOf(ecr.send(new PutLifecyclePolicyCommand({ repositoryName: 'web', lifecyclePolicyText: bad }))),
    ).toMatchObject({ refused: { code: 'InvalidParameterException' } });
  });
});
