import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeImagesCommand, ECRClient, PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { type EngineBehaviour, type FakeEngine, fakeEngine } from '../testing/fake-engine.ts';
import { pushImage } from '../testing/push-image.ts';

const YAML = smallYaml(`services:
  web: { image: { context: app }, port: 8000, http: { certificate: none, insecure: true }, health: { path: / } }
  worker: { image: { context: app } }`);
const FILES = { 'app/Dockerfile': 'FROM scratch\nEXPOSE 8000\nCMD run\n', 'app/main.py': 'print(1)\n' };
const WEB = 'demo-dev-web';

interface Project extends Deployable {
  engine: FakeEngine;
}

/** A project whose repositories are there, and an engine. */
async function startProject(behaviour: EngineBehaviour = { buildx: '0.17.1' }, yaml = YAML): Promise<Project> {
  const engine = fakeEngine(behaviour);
  const project = await startDeployable({ yaml, files: FILES, env: engine.env });
  await project.succeed('image init --env dev --yes');
  project.forget();
  return { ...project, engine };
}

const imagesIn = async ({ aws }: Project, repositoryName = WEB) =>
  (await aws.client(ECRClient).send(new DescribeImagesCommand({ repositoryName }))).imageDetails!;

const edit = ({ directory }: Project, text: string) => writeFileSync(join(directory, 'app/main.py'), text);

describe('platform image init', () => {
  it('S3-36, S2-37: makes the repositories alone, once, and a deployment finds them as it would have made them', async () => {
    const project = await startDeployable({ yaml: YAML, files: FILES });
    const { platform, writes, forget } = project;
    const dry = await platform('image init --env dev --dry-run --json');
    expect(dry.json()).toMatchObject({ action: 'create', dryRun: true });
    expect((await platform('image init --env dev')).exitCode).toBe(2);
    expect(writes()).toEqual([]);

    const made = await platform('image init --env dev --yes --json');
    expect(made.json()).toEqual({
      environment: 'dev',
      repositories: [
        { name: WEB, services: ['web'] },
        { name: 'demo-dev-worker', services: ['worker'] },
      ],
      action: 'create',
      dryRun: false,
    });
    forget();
    const again = await platform('image init --env dev --json');
    expect(again.json()).toMatchObject({ action: 'none' });
    expect(writes()).toEqual([]);
    const diff = await platform('diff --env dev --json');
    expect(diff.json().stacks[0]).toMatchObject({ name: 'demo-dev-images', action: 'none' });
  });
});

describe('platform image push', () => {
  it('S0-17, S3-40: builds once for services of the same sources, logs in on stdin, and leaves no login behind', async () => {
    const project = await startProject();
    const { platform, engine, directory } = project;
    const pushed = await platform('image push --env dev --json --debug');
    expect(pushed).toMatchObject({ exitCode: 0 });
    const { images } = pushed.json();
    const [web] = await imagesIn(project);
    expect(images).toEqual(
      ['web', 'worker'].map((service) => ({
        service,
        repository: `demo-dev-${service}`,
        digest: web!.imageDigest,
        platform: 'linux/amd64',
        tag: expect.stringMatching(/^content-[0-9a-f]{16}$/),
        action: 'pushed',
        simulated: false,
      })),
    );
    expect(engine.asked('build')).toHaveLength(1);
    const login = engine.calls().find(({ words }) => words.includes('login'))!;
    expect(login.input).toMatch(/^\S{40,}$/);
    expect(login.env.DOCKER_CONFIG).toMatch(/platform-login-/);
    expect(existsSync(login.env.DOCKER_CONFIG!)).toBe(false);
    expect(existsSync(join(directory, '..', '.docker'))).toBe(false);
    const said = [pushed.stdout, pushed.stderr, JSON.stringify(engine.calls().map(({ words }) => words))].join('\n');
    expect(said).not.toContain(login.input!);
    expect(engine.calls().find(({ words }) => words.includes('build'))!.env).toMatchObject({
      BUILDX_NO_DEFAULT_ATTESTATIONS: '1',
    });
  });

  it('builds nothing that is there, and finds it again by what it is made of', async () => {
    const project = await startProject();
    const { platform, engine, writes, forget } = project;
    await platform('image push web --env dev');
    forget();
    const again = await platform('image push web --env dev --json');
    expect(again.json().images).toMatchObject([{ action: 'reused' }]);
    expect(writes()).toEqual([]);
    expect(engine.asked('build')).toHaveLength(1);

    edit(project, 'print(2)\n');
    const dry = await platform('image push web --env dev --dry-run --json');
    expect(dry.json()).toMatchObject({ dryRun: true, images: [{ action: 'pushed', digest: null }] });
    expect(writes()).toEqual([]);
    await platform('image push web --env dev');
    edit(project, 'print(1)\n');
    const back = await platform('image push web --env dev --json');
    expect(back.json().images[0]).toMatchObject({ action: 'reused', digest: again.json().images[0].digest });
    expect(engine.asked('build')).toHaveLength(2);
  });

  it('S3-42: tags with the commit, marks what is not committed, and moves latest along', async () => {
    const project = await startProject();
    const { platform, directory } = project;
    const git = (...words: string[]) => execFileSync('git', ['-C', directory, ...words], { encoding: 'utf8' }).trim();
    git('add', 'app', 'platform.yaml');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qm', 'first');
    const commit = git('rev-parse', 'HEAD');
    expect((await platform('image push web --env dev --json')).json().images[0].tag).toBe(commit);

    edit(project, 'print(2)\n');
    const dirty = (await platform('image push web --env dev --json')).json().images[0];
    expect(dirty.tag).toMatch(new RegExp(`^${commit}-dirty-[0-9a-f]{16}$`));
    const latest = (await imagesIn(project)).find(({ imageTags }) => imageTags?.includes('latest'));
    expect(latest!.imageDigest).toBe(dirty.digest);

    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qam', 'second');
    const second = (await platform('image push web --env dev --json')).json().images[0];
    expect(second).toMatchObject({ tag: git('rev-parse', 'HEAD'), digest: dirty.digest, action: 'reused' });
    expect((await imagesIn(project)).map(({ imageTags }) => imageTags?.length)).toEqual([2, 4]);
  });

  it('F-38: logs in again once when the login has ended in between, and no more than once', async () => {
    const expired = 'denied: Your authorization token has expired. Reauthenticate and try again.';
    const { platform, engine } = await startProject({ buildx: '0.17.1', pushFails: [expired] });
    expect((await platform('image push web --env dev')).exitCode).toBe(0);
    expect(engine.asked('login')).toHaveLength(2);

    const other = await startProject({ buildx: '0.17.1', pushFails: [expired, expired] });
    const { exitCode, stderr } = await other.platform('image push web --env dev');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/expired.*\(F-38\)[\s\S]*id: image-push-failed/);
    expect(other.engine.asked('login')).toHaveLength(2);
  });

  it('F-39: where tags do not move, the same image is fine, another is an error that says so, and latest stays away', async () => {
    const project = await startProject();
    const { platform, aws } = project;
    await aws
      .client(ECRClient)
      .send(new PutImageTagMutabilityCommand({ repositoryName: WEB, imageTagMutability: 'IMMUTABLE' }));
    expect((await platform('image push web --env dev --tag v1')).exitCode).toBe(0);
    expect((await platform('image push web --env dev --tag v1')).exitCode).toBe(0);
    edit(project, 'print(2)\n');
    const other = await platform('image push web --env dev --tag v1 --json');
    expect(other.json().error).toMatchObject({ id: 'image-tag-immutable', remedy: expect.stringContaining('--tag') });
    expect((await platform('image push web --env dev')).exitCode).toBe(0);
    const latest = (await imagesIn(project)).filter(({ imageTags }) => imageTags?.includes('latest'));
    expect(latest).toHaveLength(1);
    expect(latest[0]!.imageTags).toContain('v1');
  });

  it('F-39: two that push the same sources at once end with one image, also where tags do not move', async () => {
    const project = await startProject({ buildx: '0.17.1', restless: true });
    const { platform, aws } = project;
    await aws
      .client(ECRClient)
      .send(new PutImageTagMutabilityCommand({ repositoryName: WEB, imageTagMutability: 'IMMUTABLE' }));
    const runs = await Promise.all([1, 2].map(() => platform('image push web --env dev --json')));
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const digests = new Set(runs.map(({ json }) => json().images[0].digest));
    expect(digests.size).toBe(1);

    const again = await platform('image push web --env dev --rebuild --json');
    expect(again.json().error).toMatchObject({ id: 'image-tag-immutable' });
  });

  it.each([
    ['image push nobody --env dev', 'service-unknown'],
    ['image push --env dev --tag v1', 'image-tag-for-several'],
    ['image push web --env dev --tag a/b', 'argument-invalid'],
    ['image list --env dev --limit 0', 'argument-invalid'],
    ['image check --env dev --image web', 'argument-invalid'],
  ])('%s is a mistake of the command line, and changes nothing', async (words, id) => {
    const { platform, writes } = await startDeployable({ yaml: YAML, files: FILES });
    const run = await platform(`${words} --json`);
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.json().error.id).toBe(id);
    expect(writes()).toEqual([]);
  });

  it('F-37, F-40: says what is missing: the repository, the engine, the Dockerfile', async () => {
    const engine = fakeEngine({ silent: true });
    const project = await startDeployable({ yaml: YAML, files: FILES, env: engine.env });
    const first = await project.platform('image push web --env dev --json');
    expect(first.json().error).toMatchObject({
      id: 'image-repository-missing',
      remedy: expect.stringContaining('platform image init --env dev'),
    });
    await project.succeed('image init --env dev --yes');
    const second = await project.platform('image push web --env dev --json');
    expect(second.json().error).toMatchObject({
      id: 'engine-missing',
      message: expect.stringContaining('docker is installed, but its daemon does not answer (Cannot connect'),
    });
    rmSync(join(project.directory, 'app/Dockerfile'));
    const third = await project.platform('image push web --env dev --json');
    expect(third.json().error).toMatchObject({
      id: 'path-missing',
      message: expect.stringContaining('app/Dockerfile'),
    });
  });

  it('on the sandbox without an engine pushes a placeholder and says simulated', async () => {
    const { succeed } = await startDeployable({ yaml: YAML, files: FILES });
    await succeed('image init --env dev --sandbox --yes');
    const pushed = await succeed('image push web --env dev --sandbox --json');
    expect(pushed.json().images).toMatchObject([{ simulated: true, digest: expect.stringMatching(/^sha256:/) }]);
    expect((await succeed('image push web --env dev --sandbox')).stdout).toContain('simulated: the sandbox found no');
  });
});

describe('platform image build', () => {
  it('S3-41: builds for the processor of each service, with caches, and pushes nothing', async () => {
    const yaml = YAML.replace('worker: { image', 'worker: { architecture: arm64, image');
    const { platform, engine, writes } = await startProject({ buildx: '0.17.1' }, yaml);
    const built = await platform(
      'image build --env dev --cache-from type=gha --cache-to type=gha,mode=max --no-cache --json',
    );
    expect(built.json().images).toMatchObject([
      { service: 'web', platform: 'linux/amd64', digest: null, action: 'built' },
      { service: 'worker', platform: 'linux/arm64', digest: null, action: 'built' },
    ]);
    expect(engine.asked('build').map((words) => words.slice(0, 12))).toEqual(
      ['amd64', 'arm64'].map((architecture) => [
        ...['buildx', 'build', '--load', '--platform', `linux/${architecture}`, '--provenance=false', '--sbom=false'],
        ...['--progress=plain', '--no-cache', '--cache-from', 'type=gha', '--cache-to'],
      ]),
    );
    expect(engine.asked('push')).toEqual([]);
    expect(writes()).toEqual([]);
  });

  it('F-41: leaves out options that the builder does not know, and says which need another one', async () => {
    const { platform, engine } = await startProject({});
    expect((await platform('image build web --env dev')).exitCode).toBe(0);
    expect(engine.asked('build')[0]!.slice(0, 3)).toEqual(['build', '--platform', 'linux/amd64']);
    const run = await platform('image build web --env dev --cache-to type=gha --json');
    expect(run).toMatchObject({ exitCode: 2 });
    expect(run.json().error.id).toBe('image-cache-needs-buildx');
  });

  it('warns of secrets that would be sent along', async () => {
    const { platform, directory } = await startProject();
    writeFileSync(join(directory, 'app/.env.dev'), 'KEY=1\n');
    const { stderr } = await platform('image build web --env dev');
    expect(stderr).toContain('services.web.image: .env.dev would be sent to the build');
  });

  it('Ctrl-C ends the build, and nothing of a login stays', async () => {
    const { platform, engine } = await startProject({ buildx: '0.17.1', hangs: true });
    const stopped = await platform('image push web --env dev', {
      during: (interrupt) => {
        const look = setInterval(() => {
          if (engine.asked('build').length === 0) return;
          clearInterval(look);
          interrupt();
        }, 20);
      },
    });
    expect(stopped.exitCode).toBe(5);
    expect(engine.asked('push')).toEqual([]);
  });
});

describe('platform image list and check', () => {
  it('F-43: shows what there is, the newest first, and which one is released', async () => {
    const project = await startProject();
    const { platform, succeed } = project;
    expect((await platform('image list --env dev')).stdout).toContain(
      'There are no images yet: platform image push --env dev\n',
    );
    await succeed('image push web --env dev');
    edit(project, 'print(2)\n');
    await succeed('image push web --env dev --tag v2');
    const { images } = (await platform('image list web --env dev --json')).json();
    expect(images).toMatchObject([
      { service: 'web', repository: WEB, platform: 'linux/amd64', released: false },
      { service: 'web', repository: WEB, platform: 'linux/amd64', released: false },
    ]);
    expect(images.flatMap(({ tags }: { tags: string[] }) => tags)).toEqual(
      expect.arrayContaining(['v2', 'latest', expect.stringMatching(/^content-/)]),
    );
    expect((await platform('image list web --env dev --limit 1 --json')).json().images).toHaveLength(1);
    expect((await platform('image list web --env dev')).stdout).toContain('linux/amd64');
  });

  it('S3-70, F-35, F-37: finds a wrong platform, a missing image and another port before anything is deployed', async () => {
    const project = await startProject();
    const { platform, succeed, aws } = project;
    await pushImage(aws, { repository: WEB, tag: 'arm', architectures: ['arm64'] });
    const wrong = await platform('image check web --env dev --image web=arm --json');
    expect(wrong).toMatchObject({ exitCode: 1 });
    expect(wrong.json().images[0].findings).toMatchObject([
      { id: 'image-platform', failure: 'F-35', severity: 'error' },
    ]);

    const missing = await platform('image check web --env dev');
    expect(missing).toMatchObject({ exitCode: 1 });
    expect(missing.stdout).toContain('error image-absent: There is no image of web in demo-dev-web');
    const other = await platform('image check web --env dev --image web=v9');
    expect(other.stdout).toContain('There is no image v9 of web in demo-dev-web');
    expect(other.stdout).toContain('fix: platform image list web --env dev shows what is there');

    await succeed('image push web --env dev');
    const fine = await succeed('image check web --env dev --json');
    expect(fine.json().images).toMatchObject([
      { service: 'web', platform: 'linux/amd64', ports: [8000], command: ['run'], simulated: false, findings: [] },
    ]);
    writeFileSync(join(project.directory, 'app/Dockerfile'), 'FROM scratch\nEXPOSE 3000\nCMD run\n');
    await succeed('image push web --env dev');
    const port = await succeed('image check web --env dev --json');
    expect(port.json().images[0].findings).toMatchObject([{ id: 'image-port', severity: 'warning' }]);

    const blocked = await platform('deploy --env dev --yes --image web=arm --json');
    expect(blocked).toMatchObject({ exitCode: 1 });
    expect(blocked.json().error.problems).toMatchObject([{ rule: 'F-35' }]);
  });

  it('F-35: an engine that built for another processor than it was told is found out by the registry', async () => {
    const { platform } = await startProject({ buildx: '0.17.1', platform: 'linux/arm64' });
    const run = await platform('image push web --env dev --json');
    expect(run.json().error).toMatchObject({ id: 'image-built-for-another' });
  });
});

it('keeps all that an engine said below .platform/runs', async () => {
  const { platform, directory } = await startProject({
    buildx: '0.17.1',
    output: ['#1 one', '#2 two'],
    buildFails: 'x',
  });
  const { stderr } = await platform('image build web --env dev');
  const [, file] = /all of it is in (\S+)/.exec(stderr)!;
  expect(file!.startsWith(join(directory, '.platform', 'runs'))).toBe(true);
  expect(readFileSync(file!, 'utf8')).toBe('#1 one\n#2 two\nx\n');
});
