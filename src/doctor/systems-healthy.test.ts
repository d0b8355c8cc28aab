import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client } from 'pg';
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { Databases } from '../sandbox/machine/postgres/databases.ts';
import { findPostgres } from '../sandbox/machine/postgres/find-programs.ts';
import { clusters, instances } from '../sandbox/services/rds/state.ts';
import { posts } from '../sandbox/services/sns/state.ts';
import { bootstrapSandbox } from '../testing/bootstrap-sandbox.ts';
import { openNextFiles } from '../testing/open-next.ts';
import { type StartPlatformOptions, startPlatform } from '../testing/start-platform.ts';
import type { RunningSandbox } from '../testing/start-sandbox.ts';
import { SYSTEMS, systemText } from '../testing/write-project.ts';

vi.setConfig({ testTimeout: 240_000 });

const HANDLER = 'export const handler = async () => ({});\n';
/** What the configurations name, as small as it may be. */
const FILES = {
  ...Object.fromEntries(
    ['Dockerfile', 'backend/Dockerfile', 'Dockerfile.migrate'].map((name) => [name, 'FROM scratch\n']),
  ),
  ...Object.fromEntries(
    ['api-handler', 'schedulerHandler', 'workerHandler', 'index'].map((name) => [
      `src/adapters/primary/lambda/${name}.ts`,
      HANDLER,
    ]),
  ),
  'workers/notification/index.ts': HANDLER,
  ...openNextFiles(),
  'infra/functions/audit-consumer/handler.py': 'def handler(event, context):\n    return {}\n',
};

/** An environment of each, and the folder of its platform.yaml. */
const PLACES = {
  'event-scheduling': ['dev', '.'],
  'express-workers': ['dev', '.'],
  pikaia: ['demo', '.'],
  'stream-sales': ['dev', 'infra'],
  tango: ['dev', 'infra'],
} as const;

const programs = await findPostgres(tmpdir(), process.env);
if (!programs) console.warn('partly skipped: this machine has no PostgreSQL server');

/** The publisher really runs; its table is made by a migration, whose container is simulated. */
const NO_TABLE = 'function-errors functions.event-publisher';

/** What is wrong there, and rightly found: without a server there is no database, and without a migration no table. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  tango: [NO_TABLE],
  ...(programs
    ? {}
    : {
        pikaia: [
          'alarms pikaia-demo-event-publisher-dlq-not-empty',
          'alarms pikaia-demo-event-publisher-function-errors',
          NO_TABLE,
        ],
      }),
};

/** Only that it is there: delivery from GitHub is configured, and this is about what runs. */
const bin = mkdtempSync(join(tmpdir(), 'platform-gh-'));
writeFileSync(join(bin, 'gh'), '#!/bin/sh\necho gh version 2.80.0\n', { mode: 0o755 });
afterAll(() => rmSync(bin, { recursive: true, force: true }));

/** PostgreSQL servers behind the databases, where this machine has any. */
function realDatabases(): Pick<StartPlatformOptions, 'sandbox'> {
  if (!programs) return {};
  const owner = mkdtempSync(join(tmpdir(), 'database-'));
  const databases = new Databases(owner, programs);
  onTestFinished(async () => {
    await databases.clear();
    rmSync(owner, { recursive: true, force: true });
  });
  return { sandbox: { machine: { engine: undefined, databases, owner } } };
}

const ACCOUNT = '222222222222';

/** The database of a deployment that is under way, as soon as it is there; time stands nearly still while it is asked. */
async function databaseOf({ world, scope }: RunningSandbox) {
  const own = { ...scope, account: ACCOUNT };
  for (;;) {
    const [cluster] = clusters.in(own).values();
    if (cluster && instances.in(own).values()[0]?.status === 'available') {
      const release = world.hold();
      return { endpoint: cluster.endpoint, release };
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What the migration would make if its container ran: the table of the outbox, with two events. */
async function migrate(aws: RunningSandbox): Promise<Client> {
  const { endpoint, release } = await databaseOf(aws);
  const secrets = aws.client(SecretsManagerClient, { account: ACCOUNT });
  const SecretId = 'pikaia/demo/databases/main/credentials';
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const { username: user, password } = JSON.parse(SecretString!);
  const ca = readFileSync(aws.world.machine!.databases!.authorityFile());
  const client = new Client({ host: endpoint, user, password, database: 'pikaia', ssl: { ca } });
  client.on('error', () => {});
  await client.connect();
  await client.query(readFileSync('functions/outbox-publisher/outbox.sql', 'utf8'));
  await client.query(
    `INSERT INTO events_outboxevent (aggregate_id, event_type, payload) VALUES ('m1', 'member.joined', '{"n":1}'), ('m1', 'member.removed', '{"n":2}')`,
  );
  release();
  return client;
}

/** What a person does with the letter that SNS writes to them. */
async function confirm({ scope, endpoint }: RunningSandbox): Promise<void> {
  for (const { kind, body } of posts.in({ ...scope, account: ACCOUNT }).values()) {
    if (kind !== 'SubscriptionConfirmation') continue;
    const { pathname, search } = new URL(/https?:\/\/\S+ConfirmSubscription\S*/.exec(body)![0]);
    expect((await fetch(`${endpoint}${pathname}${search}`)).status).toBe(200);
  }
}

it.each(SYSTEMS)('%s: doctor finds nothing in what deploys of it', async (system) => {
  const [environment, folder] = PLACES[system];
  const { aws, platform } = await startPlatform({
    yaml: null,
    files: { ...FILES, [join(folder, 'platform.yaml')]: systemText(system) },
    ...realDatabases(),
    env: { PATH: `${bin}${delimiter}${process.env.PATH ?? ''}` },
  });
  await bootstrapSandbox(aws);
  const at = `-C ${folder} --env ${environment} --sandbox`;
  const deploying = platform(`deploy ${at} --yes`);
  const isPikaia = system === 'pikaia';
  const database = isPikaia && programs ? await migrate(aws) : undefined;
  const deployed = await deploying;
  expect(deployed.exitCode, deployed.stderr).toBe(0);
  if (isPikaia) await confirm(aws);
  if (database) {
    await aws.advance(2 * 60_000);
    await aws.settle();
    const { rows } = await database.query('SELECT published_at IS NOT NULL AS published FROM events_outboxevent');
    expect(rows).toEqual([{ published: true }, { published: true }]);
    await database.end();
  }
  const { checks, summary } = (await platform(`doctor ${at} --json`)).json();
  const wrong = checks.filter(({ status, id, subject }: Record<'status' | 'id' | 'subject', string>) => {
    const isKnown = KNOWN[system]?.includes(`${id} ${subject}`) ?? false;
    return !/ok|skipped/.test(status) && !(status === 'problem' && isKnown);
  });
  expect(wrong).toEqual([]);
  expect(summary).toMatchObject({ errors: 0, unknown: 0 });
});
