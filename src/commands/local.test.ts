import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { APIGatewayClient, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { startDeployable } from '../testing/deployable.ts';
import { fakeEngine } from '../testing/fake-engine.ts';

const NETWORK =
  'network: { existing: { vpcId: vpc-0a1b2c3d, publicSubnets: [subnet-0a1b2c31, subnet-0a1b2c32], privateSubnets: [subnet-0a1b2c33, subnet-0a1b2c34] } }';

/** An account that is bootstrapped, so that nothing waits for that. */
const ACCOUNT = ', account: "111111111111"';

const yaml = (blocks: string, local = '', environment = ''): string => `project: demo
${NETWORK}
${blocks}
environments:
  local: { kind: local${environment} }
  prod: { kind: prod, account: "222222222222" }
${local}
`;

/** A port of this machine that nobody has; something answers there until the end of the test. */
async function answeringPort(): Promise<number> {
  const server = createServer((_, response) => response.end('well')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return (server.address() as AddressInfo).port;
}

const DATABASE = 'databases: { main: { databaseName: shop, acu: { min: 0.5, max: 1 } } }';

const composeOf = (directory: string) => join(directory, '.platform', 'local', 'compose.yaml');

it('S4-57 S4-58 S4-59 S4-60 S4-61 S4-62 S4-63 S4-65 S4-66 S4-67 S4-100: starts the emulator that is configured, and provisions it through its API', async () => {
  const project = await startDeployable({
    yaml: '',
    account: '000000000000',
    files: { 'api.ts': 'export const handler = async () => ({ statusCode: 200 });' },
  });
  const port = Number(new URL(project.aws.endpoint).port);
  project.configure(
    yaml(
      'queues: { jobs: {} }\nfunctions: { api: { source: api.ts } }\napis: { public: { stage: local, handler: fn.api } }',
      `local: { emulator: { image: "localstack/localstack:3.1.0", port: ${port}, env: { DEBUG: 1 } } }`,
    ),
  );
  const engine = fakeEngine();
  const { exitCode, stderr, json } = await project.platform('local up --json', { env: engine.env });
  expect(exitCode, stderr).toBe(0);
  expect(json()).toMatchObject({
    environment: 'local',
    emulator: 'localstack',
    containers: ['emulator'],
    dryRun: false,
  });

  const written = parse(readFileSync(composeOf(project.directory), 'utf8'));
  expect(written.services.emulator_aws).toMatchObject({
    image: 'localstack/localstack:3.1.0',
    // On loopback alone, and LocalStack listens on 4566 inside whatever the port outside is.
    ports: [`127.0.0.1:${port}:4566`],
    environment: { DEBUG: '1', LAMBDA_EXECUTOR: 'docker' },
    volumes: ['/var/run/docker.sock:/var/run/docker.sock'],
  });
  const services = written.services.emulator_aws.environment.SERVICES.split(',');
  expect(services).toEqual(expect.arrayContaining(['apigateway', 'cloudformation', 'lambda', 'sqs']));
  expect(services).not.toContain('rds');
  expect(written.services.emulator_aws.volumes).not.toContainEqual(expect.stringContaining('init'));

  // The order: a file that Compose has read, then the container, then the deployment.
  expect(engine.asked('config')).not.toEqual([]);
  expect(engine.asked('up')).toEqual([expect.arrayContaining(['--detach', 'emulator_aws'])]);
  const queues = await project.aws.client(SQSClient).send(new ListQueuesCommand({}));
  expect(queues.QueueUrls).toContainEqual(expect.stringContaining('/000000000000/'));
  const { items = [] } = await project.aws.client(APIGatewayClient).send(new GetRestApisCommand({}));
  expect(items).toMatchObject([{ endpointConfiguration: { types: ['REGIONAL'] } }]);
  const at = (host: string) => `http://${host}:${port}/restapis/${items[0]!.id}/local/_user_request_`;
  expect(json().urls).toContainEqual({ component: 'apis.public', url: at('127.0.0.1') });
  // S4-102: keys of nobody, in the account of nobody.
  expect(new Set(project.aws.calls.map(({ account }) => account))).toEqual(new Set(['000000000000']));

  const text = readFileSync(join(project.directory, 'platform.yaml'), 'utf8');
  project.configure(text.replace('DEBUG: 1 }', 'DEBUG: 1 }, hostname: api.bday.localhost.localstack.cloud'));
  project.forget();
  const again = await project.platform('local up --json', { env: engine.env });
  expect(again.json().urls).toContainEqual({
    component: 'apis.public',
    url: at('api.bday.localhost.localstack.cloud'),
  });
  expect(project.asked().filter((call) => /Create|Update/.test(call))).toEqual([]);
});

it('S2-108 S4-09 S4-101: PostgreSQL and services in containers, given what ECS would give them, replaced one after the other', async () => {
  const port = await answeringPort();
  const project = await startDeployable({
    yaml: yaml(
      `databases: { main: { engine: postgres-instance, databaseName: shop, instance: { class: db.t4g.micro }, credentials: { urlSecret: true }, backupDays: 1 } }
queues: { jobs: {} }
secrets: { app: { source: env-file, keys: { API_KEY: {} } } }
services:
  web:
    image: { context: . }
    port: ${port}
    http: { certificate: none, insecure: true }
    health: { path: / }
    uses: [db.main, queue.jobs]
    env: { GREETING: "a $HOME b", PEER: "\${service.web.url}/x" }
    secrets: { API_KEY: "secret.app#API_KEY" }
  worker: { image: { context: . }, command: [node, worker.js], health: { command: "true" } }
  zeta: { image: { context: . } }
migrations: { run: service.web, up: [npm, run, migrate] }`,
      '',
      ACCOUNT,
    ).replace(NETWORK, ''),
    files: { '.env.local': 'API_KEY=canary-of-the-env-file\n', '.dockerignore': '.env*\n.platform\n.git\n' },
  });
  const engine = fakeEngine();
  const { exitCode, stdout, stderr } = await project.platform('local up', { env: engine.env });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toContain(`services.web    http://127.0.0.1:${port}`);
  expect(stdout).toContain('databases.main  postgresql://postgres:postgres@127.0.0.1:5432/shop?sslmode=disable');

  const file = composeOf(project.directory);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { services, volumes } = parse(readFileSync(file, 'utf8'));
  expect(services.postgres_db).toMatchObject({
    image: 'postgres:16',
    ports: ['127.0.0.1:5432:5432'],
    volumes: ['postgres:/var/lib/postgresql/data'],
    healthcheck: { test: expect.arrayContaining(['pg_isready']) },
  });
  expect(volumes).toHaveProperty('postgres');
  expect(services.worker).toMatchObject({
    command: ['node', 'worker.js'],
    healthcheck: { test: ['CMD-SHELL', 'true'] },
  });
  expect(services.worker).not.toHaveProperty('ports');
  const { environment, ports, build, depends_on } = services.web;
  expect(ports).toEqual([`127.0.0.1:${port}:${port}`]);
  expect(build).toMatchObject({ context: project.directory, dockerfile: join(project.directory, 'Dockerfile') });
  expect(depends_on).toEqual({ postgres_db: { condition: 'service_healthy' } });
  const emulator = `http://host.docker.internal:${new URL(project.aws.endpoint).port}`;
  expect(environment).toMatchObject({
    AWS_ENDPOINT_URL: emulator,
    DATABASE_HOST: 'platform-postgres',
    DATABASE_URL: expect.stringMatching(/^postgresql:\/\/dbadmin:.+@platform-postgres:5432\/shop\?sslmode=disable$/),
    QUEUE_URL: expect.stringMatching(new RegExp(`^${emulator}/\\d{12}/`)),
    API_KEY: 'canary-of-the-env-file',
    PEER: `http://web:${port}/x`,
    // Compose would fill $HOME otherwise.
    GREETING: 'a $$HOME b',
  });
  // Its own user and database, told on stdin and never in words that a list of processes shows.
  const told = engine.calls().find(({ words }) => words.includes('exec'))!;
  expect(told.input).toContain('CREATE DATABASE');
  expect(told.input).toContain(environment.DATABASE_PASSWORD);
  const spoken = JSON.stringify(engine.calls().map(({ words }) => words)) + stdout + stderr;
  expect(spoken).not.toContain(environment.DATABASE_PASSWORD);
  expect(spoken).not.toContain('canary-of-the-env-file');
  expect(engine.asked('run')).toEqual([expect.arrayContaining(['--rm', 'web', 'npm', 'run', 'migrate'])]);

  const { containers } = (await project.platform('local status --json', { env: engine.env })).json();
  expect(containers).toEqual([
    { name: 'postgres', state: 'running', health: 'healthy' },
    { name: 'web', state: 'running', health: null },
    { name: 'worker', state: 'running', health: 'healthy' },
    { name: 'zeta', state: 'running', health: null },
  ]);

  const verbs = () =>
    engine
      .calls()
      .filter(({ words }) => words[0] === 'compose' && /^(build|up)$/.test(words[5] ?? ''))
      .map(({ words }) => `${words[5]} ${words.slice(6).filter((word) => !word.startsWith('-'))}`);
  const before = verbs().length;
  engine.behave({ ended: ['worker'], containerLog: ['Error: Cannot find module express'] });
  const failed = await project.platform('local up --rebuild', { env: engine.env });
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toContain('id: local-not-healthy');
  expect(failed.stderr).toContain('Cannot find module express');
  // The ground and what migrates come first; zeta goes on as it is, because worker does not come up.
  expect(verbs().slice(before)).toEqual([
    'up postgres_db',
    'build web',
    'build web',
    'up web',
    'build worker',
    'up worker',
  ]);

  const down = await project.platform('local down --volumes', { env: engine.env });
  expect(down.exitCode).toBe(2);
  expect(down.stderr).toContain('--yes');
  const agreed = await project.platform('local down --volumes --yes --json', { env: engine.env });
  expect(agreed.json()).toMatchObject({ containers: true, volumes: true });
  expect(engine.asked('down')).toEqual([expect.arrayContaining(['--remove-orphans', '--volumes'])]);
});

it('writes nothing where there is no engine, or one without Compose, and says what to install', async () => {
  const project = await startDeployable({
    yaml: yaml('services: { web: { image: { context: . } } }'),
    bootstrapped: true,
  });
  const without = await project.platform('local up');
  expect(without.exitCode).toBe(1);
  expect(without.stderr).toContain('id: local-engine-missing');
  const { env } = fakeEngine({ withoutCompose: true });
  const bare = await project.platform('local up', { env });
  expect(bare.exitCode).toBe(1);
  expect(bare.stderr).toContain('id: compose-missing');
  expect(existsSync(composeOf(project.directory))).toBe(false);
  expect(project.asked()).toEqual([]);
  const dry = await project.platform('local up --dry-run --json', { env: fakeEngine().env });
  expect(dry.json()).toMatchObject({ dryRun: true, containers: ['web'], urls: [] });
  expect(existsSync(composeOf(project.directory))).toBe(false);
  const down = await project.platform('local down');
  expect(down.stdout).toBe('Nothing was there\n');

  // Functions have the sandbox's database: without services and without local.postgres nothing has to be installed.
  project.configure(yaml(DATABASE).replace(NETWORK, ''));
  const alone = await project.platform('local up --dry-run --json');
  expect(alone.json()).toMatchObject({ file: null, containers: [] });
});

it('Ctrl-C ends the wait for a database that does not come up, with nothing deployed', async () => {
  const project = await startDeployable({
    yaml: yaml(DATABASE, 'local: { postgres: {} }').replace(NETWORK, ''),
    bootstrapped: true,
  });
  const engine = fakeEngine({ unready: ['postgres_db'] });
  let watching: Promise<void> | undefined;
  const { exitCode, stderr } = await project.platform('local up', {
    env: engine.env,
    during: (interrupt) => {
      watching ??= expect
        .poll(() => engine.asked('ps').length, { timeout: 60_000 })
        .toBeGreaterThan(0)
        .then(interrupt);
    },
  });
  expect(exitCode, stderr).toBe(5);
  await watching;
  expect(engine.asked('up')).toHaveLength(1);
  expect(project.asked()).toEqual([]);
});

it('is for environments of kind local, and asks nobody else', async () => {
  const project = await startDeployable({ yaml: yaml('queues: { jobs: {} }'), bootstrapped: true });
  for (const words of ['up', 'down', 'status', 'urls']) {
    const { exitCode, stderr } = await project.platform(`local ${words} --env prod`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('id: local-kind');
  }
  writeFileSync(join(project.directory, 'platform.yaml'), 'project: demo\n');
  const none = await project.platform('local up');
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain('id: local-none');
  expect(project.asked()).toEqual([]);
});
