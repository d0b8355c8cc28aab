import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startPlatform } from '../testing/start-platform.ts';

const RUN = {
  format: 1,
  id: '20261129T220000Z-0001',
  command: 'deploy',
  environment: 'dev',
  sandbox: true,
  account: '111111111111',
  region: 'us-east-1',
  version: '1.0.0',
  startedAt: '2026-11-29T22:00:00.000Z',
  endedAt: '2026-11-29T22:01:12.000Z',
  outcome: 'failed',
  dropped: 0,
  seen: [
    {
      at: '2026-11-29T22:00:40.000Z',
      kind: 'task',
      service: 'web',
      task: '0f',
      deployment: 'ecs-svc/2',
      role: 'new',
      reason: 'Essential container in task exited',
      containers: [{ name: 'app', exitCode: 3 }],
    },
    { at: '2026-11-29T22:00:41.000Z', kind: 'log', service: 'web', task: '0f', container: 'app', lines: ['no module'] },
  ],
  failure: {
    id: 'rollout-stopped',
    kind: 'failed',
    message: 'web does not come up',
    remedy: 'platform secrets push --env dev --sandbox; then this command again',
    problems: [
      {
        rule: 'F-44',
        path: 'secrets.app',
        message: 'web asks for API_KEY',
        remedy: 'platform secrets push --env dev --sandbox',
        evidence: [{ call: 'secretsmanager:GetSecretValue', read: 'demo/dev/app keys', value: '[]' }],
      },
    ],
    causes: [
      {
        id: 'F-44',
        subject: 'secrets.app',
        what: 'secret demo/dev/app has no key API_KEY',
        remedy: 'platform secrets push --env dev --sandbox',
        recurs: 'always',
        certainty: 'certain',
        evidence: [
          { call: 'ecs:DescribeTasks', read: 'tasks[0].stoppedReason', value: 'did not contain json key API_KEY' },
        ],
      },
    ],
    unseen: [{ what: 'the keys of secret demo/dev/app', permission: 'secretsmanager:GetSecretValue', reason: 'no' }],
  },
};

async function startWith(...runs: unknown[]) {
  const project = await startPlatform();
  const folder = (id: string) => join(project.directory, '.platform', 'runs', id);
  for (const run of runs) {
    const { id } = run as { id: string };
    mkdirSync(folder(id), { recursive: true });
    writeFileSync(join(folder(id), 'run.json'), typeof run === 'string' ? run : JSON.stringify(run));
  }
  return { ...project, folder };
}

it('shows the newest failure again: what happened, why, the events and then the logs that were seen, what to type; and asks AWS nothing (S1-86)', async () => {
  const project = await startWith({ ...RUN, id: '20261101T220000Z-0001', outcome: 'done', failure: null }, RUN);
  const { stdout, exitCode } = await project.platform('explain');
  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "deploy of dev on the sandbox, 2026-11-29 22:00:00, 72 s: it ended with rollout-stopped
    run 20261129T220000Z-0001

    What happened
      web does not come up
      secrets.app F-44: web asks for API_KEY
        read: secretsmanager:GetSecretValue demo/dev/app keys = []
        fix: platform secrets push --env dev --sandbox

    Why
      secrets.app: secret demo/dev/app has no key API_KEY (F-44)
        read: ecs:DescribeTasks tasks[0].stoppedReason = "did not contain json key API_KEY"
        fix: platform secrets push --env dev --sandbox
      could not look at the keys of secret demo/dev/app: permission secretsmanager:GetSecretValue

    What was seen
      22:00:40  web task 0f stopped: app exited with 3
      22:00:41  web task 0f, the end of its log:
                | no module

    What to type
       fix: platform secrets push --env dev --sandbox; then this command again
    "
  `);
  expect((await project.platform('explain --json')).json()).toEqual(RUN);
  expect(project.aws.calls).toEqual([]);
  const done = await project.platform('explain 20261101T220000Z-0001');
  expect(done.stdout).toContain('it went well');
});

it('lists the runs, those of other versions too, and finds one by its end', async () => {
  const older = { ...RUN, id: '20261101T220000Z-0002', outcome: 'done', failure: null };
  const project = await startWith(RUN, older, { ...RUN, format: 9, id: '20261102T220000Z-0003' });
  mkdirSync(project.folder('image-20261103T220000Z-0004'), { recursive: true });
  const list = await project.platform('explain --list');
  expect(list.stdout.split('\n').map((line) => line.slice(0, 21))).toEqual([
    RUN.id,
    '20261102T220000Z-0003',
    older.id,
    '',
  ]);
  expect(list.stdout).toContain('cannot be read by this version');
  expect((await project.platform('explain --list --json')).json().runs[0]).toEqual({
    id: RUN.id,
    readable: true,
    command: 'deploy',
    environment: 'dev',
    outcome: 'failed',
    startedAt: RUN.startedAt,
    message: RUN.failure.message,
  });
  expect((await project.platform('explain 0002 --json')).json().id).toBe(older.id);
  expect(await project.platform('explain 0003')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('id: run-unreadable'),
  });
});

it.each([
  ['explain 0009', 2, 'id: run-unknown', RUN.id],
  ['explain ../../etc', 2, 'id: run-unknown', RUN.id],
  ['explain --list 0001', 2, 'id: option-conflict', ''],
  ['explain --list --bundle x', 2, 'id: option-conflict', ''],
])('%s is refused: exit %i', async (words, exitCode, id, text) => {
  const project = await startWith(RUN);
  const run = await project.platform(words);
  expect(run).toMatchObject({ exitCode, stdout: '' });
  expect(run.stderr).toContain(id);
  expect(run.stderr).toContain(text);
});

it('says that there is nothing to explain: exit 1; and reads what is there where platform.yaml is broken', async () => {
  const nothing = await startPlatform();
  const run = await nothing.platform('explain');
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain('id: no-runs');
  expect((await nothing.platform('explain --list')).exitCode).toBe(0);

  const project = await startWith(RUN);
  writeFileSync(join(project.directory, 'platform.yaml'), 'project: [');
  expect((await project.platform('explain')).stdout).toContain('web does not come up');
  expect((await project.platform('explain --bundle b.json')).exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(project.directory, 'b.json'), 'utf8'))).toMatchObject({
    configuration: null,
    configurationError: expect.stringContaining('platform.yaml'),
  });
});

it('--bundle writes one file for a colleague, asks before it takes the place of another, and holds no secret', async () => {
  const hostile = { at: RUN.startedAt, kind: 'event', service: 'web', text: '\u001b[2J token=canary-1' };
  const project = await startWith({ ...RUN, seen: [...RUN.seen, hostile] });
  const file = join(project.directory, 'bundle.json');
  expect((await project.platform('explain --bundle bundle.json --dry-run')).stdout).toContain(`Would write ${file}`);
  expect(existsSync(file)).toBe(false);

  const written = await project.platform('explain --bundle bundle.json --json');
  expect(written.json()).toEqual({ file, run: RUN.id, dryRun: false });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = readFileSync(file, 'utf8');
  expect(text).not.toMatch(/canary|\\u001b/);
  const bundle = JSON.parse(text);
  expect(bundle.run).toMatchObject({ id: RUN.id, failure: { causes: RUN.failure.causes } });
  expect(bundle.configuration).toMatchObject({
    project: 'demo',
    environment: 'dev',
    services: { web: { port: 8080 } },
  });
  expect(bundle.versions).toMatchObject({ node: process.versions.node });

  writeFileSync(file, 'mine');
  expect((await project.platform('explain --bundle bundle.json')).exitCode).toBe(2);
  expect((await project.platform('explain --bundle bundle.json', { answer: () => false })).exitCode).toBe(5);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect((await project.platform('explain --bundle bundle.json --yes')).exitCode).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8')).format).toBe(1);
  const nowhere = await project.platform('explain --bundle platform.yaml/x.json');
  expect(nowhere).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: bundle-not-written') });
});
