import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BatchDeleteImageCommand, DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { fakeEngine } from '../testing/fake-engine.ts';

const WORKER = smallYaml('services: { worker: { image: { context: app } } }').replace(
  /^network: .*$/m,
  'network: { nat: none }',
);
const FILES = { 'app/Dockerfile': 'FROM scratch\nCMD run\n', 'app/main.py': 'print(1)\n' };
const BUILDX = { buildx: '0.17.1' };

const imagesIn = async ({ aws }: Deployable, repositoryName = 'demo-dev-worker') =>
  (await aws.client(ECRClient).send(new DescribeImagesCommand({ repositoryName }))).imageDetails!;

describe('platform deploy', () => {
  it('S3-40, S3-41, S3-42, F-43: builds what is not in the registry, pushes it, and runs it by the digest that ECR says', async () => {
    const engine = fakeEngine(BUILDX);
    const project = await startDeployable({ yaml: WORKER, files: FILES, env: engine.env });
    const { platform, asked, forget, writes } = project;

    const dry = await platform('deploy --env dev --dry-run');
    expect(dry.stderr).toContain('image worker: build app for linux/amd64, push it as content-');
    expect(engine.asked('build')).toEqual([]);
    const { builds } = (await platform('diff --env dev --json')).json();
    expect(builds).toEqual([{ service: 'worker', tag: expect.stringMatching(/^content-/), platform: 'linux/amd64' }]);

    const first = await platform('deploy --env dev --yes --json');
    expect(first).toMatchObject({ exitCode: 0 });
    const [image] = await imagesIn(project);
    expect(first.json().release.images.worker).toMatch(new RegExp(`/demo-dev-worker@${image!.imageDigest}$`));
    const status = await platform('status --env dev --json');
    expect(status.json().services).toMatchObject([{ name: 'worker', running: 1, digest: image!.imageDigest }]);
    expect(image!.imageTags!.sort()).toEqual([expect.stringMatching(/^content-[0-9a-f]{16}$/), 'latest']);
    expect(engine.asked('build')).toHaveLength(1);
    expect(engine.asked('push')).toHaveLength(1);

    forget();
    const second = await platform('deploy --env dev --yes --json');
    expect(second.json().release.id).toBe(first.json().release.id);
    expect(writes()).toEqual([]);
    expect(engine.asked('build')).toHaveLength(1);

    writeFileSync(join(project.directory, 'app/main.py'), 'print(2)\n');
    forget();
    const third = await platform('deploy --env dev --yes --json');
    expect(third).toMatchObject({ exitCode: 0 });
    expect(third.json().release.images.worker).not.toBe(first.json().release.images.worker);
    expect(asked().filter((call) => call === 'cloudformation:ExecuteChangeSet')).toHaveLength(2);
    expect(await imagesIn(project)).toHaveLength(2);

    const imageIds = (await imagesIn(project)).map(({ imageDigest }) => ({ imageDigest }));
    await project.aws
      .client(ECRClient)
      .send(new BatchDeleteImageCommand({ repositoryName: 'demo-dev-worker', imageIds }));
    const gone = await platform('deploy --env dev --no-build --yes --json');
    expect(gone.json().error.problems).toMatchObject([
      { rule: 'F-37', message: expect.stringMatching(/the one that runs, sha256:\w+, was deleted from it \(F-43\)/) },
    ]);
  });

  it('F-40, F-37: without an engine and without a repository makes the repositories alone, and says who has to push', async () => {
    const project = await startDeployable({ yaml: WORKER, files: FILES });
    const { platform, succeed, writes } = project;
    const dry = await platform('deploy --env dev --dry-run --json');
    expect(dry).toMatchObject({ exitCode: 1 });
    expect(dry.json().error.problems).toMatchObject([{ rule: 'F-40', remedy: expect.stringContaining('image init') }]);
    expect((await platform('deploy --env dev')).exitCode).toBe(2);
    expect(writes()).toEqual([]);

    const first = await platform('deploy --env dev --yes --json');
    expect(first).toMatchObject({ exitCode: 8 });
    expect(first.json().error).toMatchObject({
      id: 'images-awaited',
      remedy: expect.stringContaining('platform image push --env dev'),
    });
    const stacks = writes().filter((call) => call === 'cloudformation:ExecuteChangeSet');
    expect(stacks).toHaveLength(1);

    const again = await platform('deploy --env dev --yes --json');
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.json().error).toMatchObject({ id: 'deploy-blocked', problems: [{ rule: 'F-40' }] });

    const engine = fakeEngine(BUILDX);
    const pushed = await platform('image push --env dev --json', { env: engine.env });
    expect(pushed.json().images).toMatchObject([{ service: 'worker', action: 'pushed', platform: 'linux/amd64' }]);
    const deployed = await succeed('deploy --env dev --yes --json');
    expect(deployed.json().release.images.worker).toContain(pushed.json().images[0].digest);
  });

  it('a build that fails changes no service, and shows the last lines and where the rest is', async () => {
    const engine = fakeEngine({
      ...BUILDX,
      output: ['#1 RUN pip install', '\u001b[31m#1 reading\u001b[0m'],
      buildFails: 'ERROR: failed to solve: process "pip install" did not complete successfully: exit code: 1',
    });
    const project = await startDeployable({ yaml: WORKER, files: FILES, env: engine.env });
    const { exitCode, stderr } = await project.platform('deploy --env dev --yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('id: image-build-failed');
    expect(stderr).toContain('did not complete successfully');
    expect(stderr).toContain('build-worker.log');
    expect(stderr).not.toContain('\u001b');
    const { stacks } = (await project.platform('status --env dev --json')).json();
    expect(stacks.map(({ name }: { name: string }) => name)).not.toContain('demo-dev-service-worker');
  });

  it('on the sandbox without an engine keeps the placeholder and says simulated', async () => {
    const { succeed } = await startDeployable({ yaml: WORKER, files: FILES });
    const outcome = await succeed('deploy --env dev --sandbox --yes --json');
    expect(outcome.json()).toMatchObject({ simulated: true });
  });

  it('on the sandbox names the way on without building when a base image cannot be reached', async () => {
    const unreachable =
      'ERROR: failed to solve: python:3.13-slim: failed to resolve source metadata for docker.io/library/python:3.13-slim';
    const engine = fakeEngine({ ...BUILDX, buildFails: unreachable });
    const { platform } = await startDeployable({ yaml: WORKER, files: FILES, env: engine.env });
    const run = await platform('deploy --env dev --sandbox --yes --json');
    expect(run.json().error).toMatchObject({
      id: 'image-build-failed',
      remedy: expect.stringContaining('PLATFORM_CONTAINER_ENGINE=none'),
    });
  });

  it('on the sandbox with an engine builds for real, and keeps the placeholder where there is nothing to build', async () => {
    const engine = fakeEngine(BUILDX);
    const project = await startDeployable({ yaml: WORKER, files: FILES, env: engine.env });
    rmSync(join(project.directory, 'app/Dockerfile'));
    const bare = await project.succeed('deploy --env dev --sandbox --yes');
    expect(bare.stderr).toContain('services.worker.image: There is no app/Dockerfile');
    expect(bare.stderr).toContain('a placeholder stands for the image');

    writeFileSync(join(project.directory, 'app/Dockerfile'), 'FROM scratch\nCMD run\n');
    const built = await project.succeed('deploy --env dev --sandbox --yes --json');
    const [image] = (await imagesIn(project)).filter(({ imageTags }) => imageTags?.includes('latest'));
    expect(built.json().release.images.worker).toContain(image!.imageDigest);
  });

  it('Ctrl-C in a build cancels the deployment: exit 1, because stacks have changed, and the next one goes on', async () => {
    const engine = fakeEngine({ ...BUILDX, hangs: true });
    const project = await startDeployable({ yaml: WORKER, files: FILES, env: engine.env });
    const stopped = await project.platform('deploy --env dev --yes --json', {
      during: (interrupt) => {
        const look = setInterval(() => {
          if (engine.asked('build').length === 0) return;
          clearInterval(look);
          interrupt();
        }, 20);
      },
    });
    expect(stopped.exitCode).toBe(1);
    expect(stopped.json().error.id).toMatch(/^deploy-cancelled/);
    engine.behave(BUILDX);
    await project.succeed('deploy --env dev --yes');
  });

  it('a plan that builds stays valid when somebody has pushed that image since', async () => {
    const engine = fakeEngine(BUILDX);
    const project = await startDeployable({ yaml: WORKER, files: FILES, env: engine.env });
    const { succeed, platform } = project;
    await succeed('image init --env dev --yes');
    await succeed('diff --env dev --out plan.json');
    await succeed('image push --env dev');
    const deployed = await platform('deploy --env dev --plan plan.json --json');
    expect(deployed).toMatchObject({ exitCode: 0 });
    expect(engine.asked('build')).toHaveLength(1);

    await succeed('diff --env dev --out plan.json');
    writeFileSync(join(project.directory, 'app/main.py'), 'print(3)\n');
    const other = await platform('deploy --env dev --plan plan.json --json');
    expect(other.json().error).toMatchObject({ id: 'plan-outdated' });
  });
});
