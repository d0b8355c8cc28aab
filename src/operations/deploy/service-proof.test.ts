import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { Aws } from '../../aws/aws.ts';
import { ecsScene } from '../../sandbox/services/ecs/ecs-scene.ts';
import { pushImage } from '../../testing/push-image.ts';
import { watchProof } from './service-proof.ts';

const ACCOUNT = '000000000000';
const REPOSITORY = `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/shop/web`;

it('an index and the manifest of the platform that it lists both prove a task, and nothing else does', async () => {
  const scene = await ecsScene();
  await scene
    .client(ECRClient)
    .send(new CreateRepositoryCommand({ repositoryName: 'shop/web' }))
    .catch(() => undefined);
  const architectures = ['amd64', 'arm64'];
  const index = await pushImage(scene, { repository: 'shop/web', tag: 'both', architectures });
  const other = await pushImage(scene, { repository: 'shop/web', tag: 'other', text: 'other' });
  // The task runs what the manifest of its platform says; asked for is the index that lists it.
  await scene.register({ containerDefinitions: [{ image: `${REPOSITORY}@${index.manifests[0]}` }] });
  await scene.createService();
  await scene.settle();

  const { endpoint, credentials } = scene;
  const connection = { account: ACCOUNT, region: 'us-east-1', endpoint, fenced: true, variables: {} };
  const aws = new Aws({ ...connection, credentials: async () => credentials });
  const session = {
    aws,
    clock: { now: () => Date.now(), sleep: async () => undefined },
    target: { pollMs: 1 } as never,
    signal: new AbortController().signal,
  };
  const proof = (digest: string | undefined) =>
    watchProof(
      session,
      { name: 'web', cluster: 'shop', serviceName: 'web', image: `${REPOSITORY}@${digest}` },
      { forMs: 1_000 },
    );
  expect(await proof(index.manifests[0])).toMatchObject({ proven: { name: 'web' } });
  expect(await proof(index.digest)).toMatchObject({ proven: { digest: index.digest } });
  expect(await proof(other.digest)).toMatchObject({ final: true, why: expect.stringContaining(other.digest) });
});
