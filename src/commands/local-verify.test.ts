import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it, onTestFinished } from 'vitest';
import { Databases } from '../sandbox/machine/postgres/databases.ts';
import { findPostgres } from '../sandbox/machine/postgres/find-programs.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const LOCAL = 'environments:\n  local: { kind: local, account: "111111111111" }\n';
const YAML = smallYaml(`secrets:
  jwt: { source: generated, keys: { JWT_SECRET: { generate: { length: 64 } } } }
queues:
  events: { dlq: { maxReceive: 1 } }
  plain: { dlq: false }
  ordered: { fifo: true }
functions:
  api: { source: src/api.ts }
  scheduler: { source: src/scheduler.ts, trigger: { on: schedule, rate: rate(1 hour) } }
  worker: { source: src/worker.ts, trigger: { on: queue, queue: queue.events } }
apis:
  public:
    stage: local
    handler: fn.api
    authorizer: { kind: jwt-lambda, secret: "secret.jwt#JWT_SECRET", context: [userId] }
    cors: { origins: ["https://app.example.com"] }
    validation: both
    routes:
      POST /user: { body: { type: object, required: [name] } }
    smoke: [{ path: /me, token: required, json: { user: platform-verify } }]
  open: { kind: http, handler: fn.api }
`).replace('environments:\n', LOCAL);

const FILES = {
  'src/api.ts': `export const handler = async (event: { path?: string; rawPath?: string; requestContext: { authorizer?: { userId?: string } } }) =>
  ({ statusCode: (event.path ?? event.rawPath) === '/me' ? 200 : 404, body: JSON.stringify({ user: event.requestContext.authorizer?.userId }) });
`,
  'src/scheduler.ts': `export const handler = async (event: { source: string }) => {
  if (event.source !== 'aws.events') throw new Error('not the schedule');
};
`,
  'src/worker.ts': `export const handler = async ({ Records }: { Records: { body: string }[] }) => {
  for (const { body } of Records) if (!JSON.parse(body).id) throw new Error('no id');
  return { batchItemFailures: [] };
};
`,
};

interface Check {
  component: string;
  id: string;
  status: string;
  detail: string;
}

it('S4-173 S4-90: a local environment is used as its users and triggers do, and the same comes out each time', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  await project.succeed('local up');
  const first = (await project.succeed('local verify --json')).json();
  const by = (checks: Check[]) => new Map(checks.map((one) => [`${one.component} ${one.id}`, one]));
  const checks = by(first.checks);
  const passed = first.checks.filter(({ status }: Check) => status === 'passed');
  expect(first.checks.filter(({ status }: Check) => status !== 'passed')).toMatchObject([
    { component: 'queues.events', id: 'round-trip', status: 'skipped' },
    { component: 'apis.open', id: 'preflight', status: 'skipped' },
    { component: 'apis.open', id: 'body', status: 'skipped' },
  ]);
  expect([...checks.keys()]).toEqual(
    expect.arrayContaining([
      'emulator not-aws',
      'release proven',
      'stacks.functions complete',
      'secrets.jwt value',
      'functions.scheduler schedule',
      'functions.worker batch',
      'queues.plain round-trip',
      'queues.ordered round-trip',
      'apis.public token-missing',
      'apis.public token-forged',
      'apis.public token',
      'apis.public preflight',
      'apis.public body POST /user',
      'apis.public smoke GET /me',
      'apis.open reached',
    ]),
  );
  expect(passed.length).toBe(first.summary.passed);
  expect(passed.length).toBeGreaterThanOrEqual(20);

  // A message that the worker knows is read; one that it does not becomes a dead letter.
  const read = await project.succeed(`local verify --json --message 'events={"id":"1"}'`);
  const again = by(read.json().checks);
  expect(again.get('queues.events round-trip')).toMatchObject({ status: 'passed' });
  const steady = (found: Map<string, Check>) => [...found].map(([name, { status }]) => `${name} ${status}`);
  expect(steady(again).filter((line) => !line.includes('events round-trip'))).toEqual(
    steady(checks).filter((line) => !line.includes('events round-trip')),
  );
  const dead = await project.platform(`local verify --json --message 'events={"other":1}'`);
  expect(dead.exitCode).toBe(1);
  expect(by(dead.json().checks).get('queues.events round-trip')).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('dead letter'),
  });

  // What --dry-run leaves out is what would send or run something.
  project.forget();
  const dry = (await project.succeed('local verify --dry-run --json')).json();
  expect(by(dry.checks).get('queues.plain round-trip')).toMatchObject({ status: 'skipped' });
  expect(project.asked()).not.toContain('sqs:SendMessage');
  expect(project.asked()).not.toContain('lambda:Invoke');

  // A scheduler that throws, and an API that its own gateway cannot reach the function of.
  writeFileSync(
    join(project.directory, 'src/scheduler.ts'),
    'export const handler = async () => { throw new Error("late"); };\n',
  );
  writeFileSync(
    join(project.directory, 'src/api.ts'),
    'export const handler = async () => { throw new Error("sick"); };\n',
  );
  await project.succeed('deploy --env local --yes --no-smoke');
  const sick = await project.platform('local verify --json');
  expect(sick.exitCode).toBe(1);
  expect(sick.stderr).toContain('id: local-verify-failed');
  const failed = sick.json().checks.filter(({ status }: Check) => status === 'failed');
  expect(failed.map(({ component, id }: Check) => `${component} ${id}`)).toEqual([
    'functions.scheduler schedule',
    'apis.public token',
    'apis.open reached',
    'apis.public smoke GET /me',
  ]);
  expect(failed[0].detail).toContain('late');
});

it('S4-173: says what is not there before anything is deployed, and takes no environment of AWS', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES, bootstrapped: true });
  const { exitCode, stdout } = await project.platform('local verify');
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^FAILED +release +A deployment has been proven +nothing is: platform local up/m);
  expect(stdout).toMatch(/^skipped +apis\.public +A request without a token is refused +it is not deployed/m);
  project.forget();
  for (const words of ['--env prod', '--env prod --sandbox', "--message 'other=1'", '--message events'])
    expect((await project.platform(`local verify ${words}`)).exitCode).toBe(2);
  expect(project.asked()).toEqual([]);
  expect(readFileSync(join(project.directory, 'platform.yaml'), 'utf8')).toBe(YAML);
});

const programs = await findPostgres(tmpdir(), process.env);
if (!programs) console.warn('skipped: this machine has no PostgreSQL server');

it.skipIf(!programs)(
  'S4-173: logs in to the database that the sandbox really runs, and says when it does not',
  async () => {
    const owner = mkdtempSync(join(tmpdir(), 'database-'));
    const databases = new Databases(owner, programs!);
    onTestFinished(async () => {
      await databases.clear();
      rmSync(owner, { recursive: true, force: true });
    });
    const project = await startDeployable({
      yaml: `project: demo
databases: { main: { databaseName: shop, engine: postgres-instance, instance: { class: db.t4g.micro }, backupDays: 1 } }
${LOCAL}`,
      sandbox: { machine: { engine: undefined, databases, owner } },
    });
    await project.succeed('deploy --env local --yes');
    const verified = async () => {
      const { checks } = (await project.platform('local verify --json')).json();
      return checks.find(({ component, id }: Check) => component === 'databases.main' && id === 'emulated');
    };
    expect(await verified()).toMatchObject({ status: 'passed', detail: expect.stringMatching(/^PostgreSQL \d+/) });
    const secrets = project.aws.client(SecretsManagerClient);
    const SecretId = await secretOf(project);
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
    const wrong = JSON.stringify({ ...JSON.parse(SecretString), password: 'another' });
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: wrong }));
    expect(await verified()).toMatchObject({ status: 'failed', detail: expect.stringContaining('password') });
  },
);

async function secretOf(project: Deployable): Promise<string> {
  const outputs = (await project.succeed('outputs --env local --json')).json();
  return outputs['databases.main.secretArn'];
}
