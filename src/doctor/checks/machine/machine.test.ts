import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checked } from '../../../testing/doctor-checks.ts';
import { fakeEngine } from '../../../testing/fake-engine.ts';
import { startPlatform } from '../../../testing/start-platform.ts';
import { nodeFinding } from './node-version.ts';

const ENV = '--env dev';
const SHELL = `project: demo
services:
  web: { image: { context: . }, port: 8080, exec: true, architecture: arm64, http: { certificate: none, insecure: true }, health: { path: / } }
delivery: { provider: github, repository: me/demo }
environments:
  dev: { kind: dev, account: "111111111111" }
`;

/** PATH with some programs of this machine and nothing else. */
function pathOf(programs: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'path-'));
  for (const [name, text] of Object.entries(programs))
    if (text.startsWith('/')) symlinkSync(text, join(folder, name));
    else writeFileSync(join(folder, name), text, { mode: 0o755 });
  return folder;
}

const GIT = execFileSync('which', ['git'], { encoding: 'utf8' }).trim();
const said = (text: string) => `#!/bin/sh\necho ${text}\n`;

describe('the machine', () => {
  it('node-version: healthy where it is as new as package.json wants (not F-149)', () => {
    expect(nodeFinding('24.11.0')).toEqual({ status: 'ok', detail: '24.11.0' });
  });

  it('node-version: sick where it is older (F-149, S0-02, S1-12)', () => {
    expect(nodeFinding('22.21.9')).toMatchObject({
      status: 'problem',
      failure: 'F-149',
      evidence: [{ read: 'process.versions.node', value: '22.21.9' }],
    });
  });

  it('configuration: healthy where it loads', async () => {
    const project = await startPlatform();
    expect(await checked(project, 'configuration', ENV)).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }] });
  });

  it('configuration: sick where it does not: exit 2 as everywhere, and this machine is looked at all the same', async () => {
    const project = await startPlatform({ yaml: 'project: demo\nservces: {}\n' });
    const run = await project.platform('doctor --json');
    const { checks, error } = run.json();
    expect(run.exitCode).toBe(2);
    expect(error.id).toBe('config-invalid');
    const by = Object.fromEntries(checks.map((one: { id: string }) => [one.id, one]));
    expect(by['node-version'].status).toBe('ok');
    expect(by.configuration).toMatchObject({ status: 'problem', evidence: [{ value: 'config-invalid' }] });
    expect(by.credentials.status).toBe('skipped');
  });

  it('looks at the machine alone where there is no project: exit 0', async () => {
    const project = await startPlatform({ yaml: null });
    const run = await project.platform('doctor --json');
    expect(run.exitCode).toBe(0);
    expect(run.json().summary).toMatchObject({ errors: 0, ok: 1 });
  });
});

describe('programs', () => {
  it('git: healthy where it is on PATH; gh: likewise', async () => {
    const project = await startPlatform({ yaml: SHELL, env: { PATH: pathOf({ git: GIT, gh: said('2.80') }) } });
    const { checks } = await checked(project, 'git gh', ENV);
    expect(checks).toMatchObject([
      { id: 'git', status: 'ok' },
      { id: 'gh', status: 'ok' },
    ]);
  });

  it('git: sick where a repository has none', async () => {
    const project = await startPlatform({ env: { PATH: pathOf({}) } });
    expect((await checked(project, 'git', ENV)).checks).toMatchObject([
      { status: 'problem', severity: 'warning', evidence: [{ read: 'PATH', value: 'absent' }] },
    ]);
  });

  it('gh: healthy where it is there, or nothing is delivered from GitHub', async () => {
    expect((await checked(await startPlatform({ env: { PATH: pathOf({}) } }), 'gh', ENV)).checks).toMatchObject([
      { status: 'skipped', detail: 'delivery.provider is none' },
    ]);
  });

  it('gh: sick where delivery is from GitHub', async () => {
    const project = await startPlatform({ yaml: SHELL, env: { PATH: pathOf({ git: GIT }) } });
    expect((await checked(project, 'gh', ENV)).checks).toMatchObject([{ status: 'problem', severity: 'warning' }]);
  });

  it('session-plugin: healthy where it answers', async () => {
    const path = pathOf({ 'session-manager-plugin': said('1.2.707.0'), sh: '/bin/sh', echo: '/bin/echo' });
    const project = await startPlatform({ yaml: SHELL, env: { PATH: path } });
    expect((await checked(project, 'session-plugin', ENV)).checks).toMatchObject([{ detail: '1.2.707.0' }]);
  });

  it('session-plugin: sick where a service has exec and it is missing (F-59); not where none has', async () => {
    const env = { PATH: pathOf({}) };
    const project = await startPlatform({ yaml: SHELL, env });
    expect((await checked(project, 'session-plugin', ENV)).checks).toMatchObject([
      { status: 'problem', failure: 'F-59', detail: expect.stringContaining('platform exec web') },
    ]);
    expect((await checked(await startPlatform({ env }), 'session-plugin', ENV)).checks).toMatchObject([
      { status: 'skipped', detail: 'platform.yaml sets exec: true of no service' },
    ]);
  });
});

describe('engine', () => {
  it('container-engine: healthy where its daemon answers; image-platform: healthy where it emulates what services need', async () => {
    const engine = fakeEngine({ buildx: '0.19.3' });
    const project = await startPlatform({ yaml: SHELL, env: engine.env });
    const { checks } = await checked(project, 'container-engine image-platform', ENV);
    expect(checks).toMatchObject([
      { id: 'container-engine', status: 'ok', detail: 'docker' },
      { id: 'image-platform', status: 'ok', detail: 'linux/arm64' },
    ]);
  });

  it('image-platform: healthy where the engine lists the processor', async () => {
    const engine = fakeEngine({ buildx: '0.19.3', platforms: ['linux/amd64*', 'linux/arm64'] });
    const project = await startPlatform({ env: engine.env });
    expect((await checked(project, 'image-platform', ENV)).checks).toMatchObject([{ detail: 'linux/amd64' }]);
  });

  it('container-engine: sick where the daemon does not answer (F-40, S3-03); nobody looks where that is forbidden', async () => {
    const engine = fakeEngine({ silent: true });
    const project = await startPlatform({ env: engine.env });
    const { exitCode, checks } = await checked(project, 'container-engine image-platform', ENV);
    expect(exitCode).toBe(0);
    expect(checks).toMatchObject([
      {
        status: 'problem',
        severity: 'warning',
        failure: 'F-40',
        evidence: [{ value: expect.stringContaining('daemon') }],
      },
      { status: 'skipped', detail: 'there is no engine' },
    ]);
    expect((await checked(await startPlatform(), 'container-engine', ENV)).checks).toMatchObject([
      { status: 'skipped', detail: 'PLATFORM_CONTAINER_ENGINE is none' },
    ]);
  });

  it('image-platform: sick where it emulates no arm64 (F-35); not where it does not say', async () => {
    const engine = fakeEngine({ buildx: '0.19.3', platforms: ['linux/amd64', 'linux/386'] });
    const project = await startPlatform({ yaml: SHELL, env: engine.env });
    expect((await checked(project, 'image-platform', ENV)).checks).toMatchObject([
      {
        status: 'problem',
        subject: 'services.web',
        failure: 'F-35',
        evidence: [{ call: 'docker buildx inspect', read: 'Platforms', value: 'linux/amd64, linux/386' }],
        remedy: expect.stringContaining('binfmt --install arm64'),
      },
    ]);
    engine.behave({});
    expect((await checked(project, 'image-platform', ENV)).checks).toMatchObject([{ status: 'skipped' }]);
  });
});

describe('env files', () => {
  const files = { '.env.dev': 'API_KEY=canary-5d1e\n', '.env.dev.example': 'API_KEY=\n' };

  it('env-file-mode: healthy where only their owner reads them', async () => {
    const project = await startPlatform({ files });
    chmodSync(join(project.directory, '.env.dev'), 0o600);
    expect((await checked(project, 'env-file-mode', ENV)).checks).toMatchObject([{ status: 'ok', detail: '.env.dev' }]);
  });

  it('env-file-mode: sick where others may; --fix asks, sets it, and looks again', async () => {
    const project = await startPlatform({ files });
    const file = join(project.directory, '.env.dev');
    chmodSync(file, 0o644);
    const mode = () => statSync(file).mode & 0o777;
    expect((await checked(project, 'env-file-mode', ENV)).checks).toMatchObject([
      { status: 'problem', subject: '.env.dev', fixable: true, handling: 'ASK', remedy: 'chmod 600 .env.dev' },
    ]);
    const nobody = await checked(project, 'env-file-mode', `${ENV} --fix`);
    expect(nobody).toMatchObject({
      exitCode: 2,
      document: { fixes: [{ outcome: 'not-asked' }], error: { id: 'nobody-to-ask' } },
    });
    const no = await project.platform(`doctor --only env-file-mode --fix ${ENV}`, { answer: () => false });
    expect(no).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('declined') });
    const dry = await checked(project, 'env-file-mode', `${ENV} --fix --dry-run`);
    expect(dry).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'dry-run' }] } });
    expect(mode()).toBe(0o644);

    const done = await checked(project, 'env-file-mode', `${ENV} --fix --yes`);
    expect(done).toMatchObject({
      exitCode: 0,
      checks: [{ status: 'ok' }],
      document: { fixes: [{ outcome: 'fixed' }] },
    });
    expect(mode()).toBe(0o600);
    expect(JSON.stringify(done)).not.toContain('canary');
  });

  it('env-file-tracked: healthy where git leaves them out; env-file-tracked: sick where it keeps one', async () => {
    const project = await startPlatform({ files });
    const git = (...words: string[]) => execFileSync('git', ['-C', project.directory, ...words]);
    expect((await checked(project, 'env-file-tracked', ENV)).checks).toMatchObject([{ status: 'ok' }]);
    git('add', '.env.dev.example');
    expect((await checked(project, 'env-file-tracked', ENV)).checks).toMatchObject([{ status: 'ok' }]);
    git('add', '.env.dev');
    const { exitCode, checks } = await checked(project, 'env-file-tracked', ENV);
    expect(exitCode).toBe(1);
    expect(checks).toMatchObject([
      {
        status: 'problem',
        severity: 'error',
        subject: '.env.dev',
        evidence: [{ call: 'git ls-files', read: '.env.dev' }],
        remedy: expect.stringContaining('git rm --cached .env.dev'),
      },
    ]);
  });

  it('env-file-tracked: sick only for files of secrets', async () => {
    const project = await startPlatform({ files: { '.env.example': '', '.environment': '' } });
    mkdirSync(join(project.directory, '.env.d'));
    expect(readdirSync(project.directory)).toContain('.env.d');
    expect((await checked(project, 'env-file-tracked', ENV)).checks).toMatchObject([{ status: 'skipped' }]);
  });
});

it('names every check, and knows a name that is nearly one', async () => {
  const project = await startPlatform();
  const list = await project.platform('doctor --list --json');
  expect(list.json().checks.map(({ id }: { id: string }) => id)).toContain('service-linked-roles');
  expect((await project.platform('doctor --list')).stdout).toContain('env-file-mode');
  const wrong = await project.platform(`doctor --only lokc ${ENV}`);
  expect(wrong).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('name lock') });
});

it('prints the smallest policies for the project at hand', async () => {
  const project = await startPlatform();
  const { policies } = (await project.platform(`doctor --policy --json ${ENV}`)).json();
  expect(policies.map(({ id }: { id: string }) => id)).toEqual(['look', 'deploy', 'operate', 'bootstrap']);
  const [look] = policies;
  const text = JSON.stringify(look);
  expect(text).toContain('secret:demo/*');
  expect(text).toContain(':111111111111:');
  expect(look.policy.Statement.flatMap(({ Action }: { Action: string[] }) => Action)).not.toContainEqual(
    expect.stringMatching(/:(Delete|Put|Update|Create|Modify|Restore|Run|Stop|Abort)/),
  );
  const elsewhere = await startPlatform({ yaml: null });
  expect((await elsewhere.platform('doctor --policy')).stdout).toContain('<account>');
});
