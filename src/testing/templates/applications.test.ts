import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type InitAnswers, initFiles, type Preset } from '../../operations/project/init-files.ts';
import { templatesFolder } from '../../process/templates-folder.ts';
import { ownAccessKeyId } from '../../sandbox/kernel/access-keys.ts';
import { messagesOf } from '../../sandbox/services/sqs/state.ts';
import { freePort } from '../free-port.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../start-postgres.ts';
import { startSandbox } from '../start-sandbox.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const PASSWORD = 'c@nary p/w';

/** The application that `init` writes, with its packages in place. */
async function written(preset: Preset): Promise<string> {
  const answers: InitAnswers = {
    preset,
    project: 'shop',
    region: 'us-east-1',
    environments: ['dev'],
    application: { context: '.', dockerfile: false },
    port: 8080,
    healthPath: '/health',
    domain: 'app.example.com',
    account: '111111111111',
    dockerfile: false,
    minimal: true,
    repository: '',
  };
  const folder = mkdtempSync(join(tmpdir(), 'application-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { files } = await initFiles(templatesFolder(), answers);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

describe.skipIf(!postgresPrograms)('the applications that init writes, against a real PostgreSQL server', () => {
  let postgres: RunningPostgres;
  beforeAll(async () => {
    postgres = await startPostgres({ password: PASSWORD });
  }, 60_000);
  afterAll(() => postgres.stop());

  const database = () => ({
    DATABASE_HOST: '127.0.0.1',
    DATABASE_PORT: String(postgres.port),
    DATABASE_NAME: 'postgres',
    DATABASE_USER: 'master',
    DATABASE_PASSWORD: PASSWORD,
  });

  /** Its migration, as often as it is run, and its server; both as the container runs them. */
  async function up(preset: Preset, env: Record<string, string> = {}) {
    const folder = await written(preset);
    const port = await freePort();
    const start = (file: string) => {
      const child = spawn(process.execPath, [file], {
        cwd: folder,
        env: { PATH: process.env.PATH, PORT: String(port), ...database(), ...env },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      onTestFinished(() => {
        child.kill('SIGKILL');
      });
      return child;
    };
    for (let time = 1; time <= 2; time += 1) expect(await ended(start('migrate.js'))).toBe(0);
    const server = start('server.js');
    const ask = async (path: string, options: RequestInit = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { ...options, headers: { connection: 'close' } });
      return { status: response.status, body: await response.json() };
    };
    await expect.poll(() => ask('/health').catch(() => undefined), { timeout: 20_000 }).toMatchObject({ status: 200 });
    return { ask, server };
  }

  it('web-service counts its visits, is well without its database, and ends when it is asked to', async () => {
    const { ask, server } = await up('web-service');
    expect(await ask('/')).toEqual({ status: 200, body: { visit: 1 } });
    expect(await ask('/?again')).toEqual({ status: 200, body: { visit: 2 } });
    expect(await ask('/elsewhere')).toMatchObject({ status: 404 });
    postgres.psql('ALTER TABLE visits RENAME TO gone');
    expect(await ask('/')).toEqual({ status: 503, body: { error: 'the database does not answer' } });
    expect(await ask('/health')).toEqual({ status: 200, body: { status: 'ok' } });
    server.kill('SIGTERM');
    expect(await ended(server)).toBe(0);
  });

  it('S2-01: api-workers writes a job down and hands it to the queue that its worker is behind', async () => {
    const aws = await startSandbox({ account: '111111111111' });
    const sqs = aws.client(SQSClient, { account: '111111111111', region: 'us-east-1' });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
    const { ask } = await up('api-workers', {
      QUEUE_URL: QueueUrl!,
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: ownAccessKeyId('111111111111'),
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    expect(await ask('/jobs/welcome', { method: 'POST' })).toEqual({ status: 202, body: { id: 1, kind: 'welcome' } });
    expect(await ask('/jobs/welcome')).toMatchObject({ status: 404 });
    const place = { world: aws.world, account: '111111111111', region: 'us-east-1' };
    const bodies = [...messagesOf(place, 'jobs').values()].map(({ body }) => JSON.parse(body));
    expect(bodies).toEqual([{ id: 1, kind: 'welcome' }]);

    const folder = await written('api-workers');
    const { handler } = await import(join(folder, 'worker', 'index.js'));
    const Records = [
      { messageId: 'a', body: JSON.stringify(bodies[0]) },
      { messageId: 'b', body: 'no JSON' },
    ];
    expect(await handler({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
  });

  it('serverless-api brings its schema up once, however often it is migrated', async () => {
    const folder = await written('serverless-api');
    for (let time = 1; time <= 2; time += 1) {
      const env = { PATH: process.env.PATH, ...database() };
      expect(await ended(spawn(process.execPath, ['migrate.js'], { cwd: folder, env, stdio: 'ignore' }))).toBe(0);
    }
    expect(postgres.psql('SELECT count(*) FROM scheduled_events').trim()).toBe('0');
  });
});
