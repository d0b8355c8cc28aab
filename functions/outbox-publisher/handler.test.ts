import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AwsFault } from '../../src/sandbox/kernel/fault.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../../src/testing/start-postgres.ts';
import { tamperingProxy } from '../../src/testing/tampering-proxy.ts';
import { type Bundle, bundleFunction } from '../testing/bundle-function.ts';
import { LambdaProcess } from '../testing/lambda-process.ts';
import { outboxScene } from './testing/outbox-scene.ts';

const PASSWORD = 'c@nary p/w:"é$1%';

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

describe.skipIf(!postgresPrograms)('the outbox publisher, bundled, in a process of its own', () => {
  let postgres: RunningPostgres;
  let bundle: Bundle;
  beforeAll(async () => {
    postgres = await startPostgres({ password: PASSWORD });
    bundle = await bundleFunction('outbox-publisher');
  }, 60_000);
  afterAll(async () => {
    bundle.remove();
    await postgres.stop();
  });

  async function open(more: Record<string, string | undefined> = {}) {
    const scene = await outboxScene(postgres, PASSWORD);
    onTestFinished(scene.close);
    const given = Object.entries({ ...scene.env, ...more }).filter(([, value]) => value !== undefined);
    const lambda = new LambdaProcess(bundle.file, Object.fromEntries(given) as Record<string, string>);
    onTestFinished(() => lambda.end());
    const logged = () => lambda.log.join('\n');
    return { ...scene, lambda, logged, invoke: (timeoutMs?: number) => lambda.invoke({}, timeoutMs) };
  }

  it('publishes what is due, with the secret, its bus and its table from the environment (S0-22, S0-30, S0-32, S0-54)', async () => {
    const { write, invoke, arrived, rows, logged } = await open();
    write('order-1', [{ n: 1 }, { n: 2 }]);
    write(null, [{ n: 3 }]);
    expect(await invoke()).toEqual({ result: { published: 3, refused: 0, dead: 0, batches: 1 } });
    expect(arrived().sort((a, b) => Number(a.id) - Number(b.id))).toEqual([
      { type: 'Placed', source: 'outbox', id: '1', aggregate: 'order-1', detail: { n: 1 } },
      { type: 'Placed', source: 'outbox', id: '2', aggregate: 'order-1', detail: { n: 2 } },
      { type: 'Placed', source: 'outbox', id: '3', aggregate: undefined, detail: { n: 3 } },
    ]);
    expect(rows().every(({ published, attempts }) => published && attempts === 1)).toBe(true);
    expect(await invoke()).toEqual({ result: { published: 0, refused: 0, dead: 0, batches: 0 } });
    expect(arrived()).toHaveLength(3);
    expect(JSON.parse(logged().split('\n')[0]!)).toMatchObject({
      level: 'info',
      event: 'outbox published',
      published: 3,
    });
  });

  it('takes DATABASE_URL with a percent-encoded password, and verifies TLS whatever sslmode says (S0-32, D4, D11)', async () => {
    const DATABASE_URL = `postgresql://master:${encodeURIComponent(PASSWORD)}@localhost:${postgres.port}/postgres?sslmode=require`;
    const { write, invoke } = await open({ DATABASE_URL, DATABASE_SECRET_ARN: undefined });
    write('a', [{}]);
    expect(await invoke()).toMatchObject({ result: { published: 1 } });
  });

  it('believes the authorities that NODE_EXTRA_CA_CERTS names', async () => {
    const { write, invoke } = await open({ DATABASE_CA_FILE: undefined, NODE_EXTRA_CA_CERTS: postgres.caFile });
    write('a', [{}]);
    expect(await invoke()).toMatchObject({ result: { published: 1 } });
  });

  it('does not speak to a server whose certificate nobody vouches for', async () => {
    const { write, invoke, rows } = await open({ DATABASE_CA_FILE: undefined });
    write('a', [{}]);
    expect(await invoke()).toMatchObject({ error: { message: expect.stringMatching(/self-signed certificate/) } });
    expect(rows()[0]).toMatchObject({ attempts: 0, published: false });
  });

  it.each([
    [
      'a wrong password',
      { DATABASE_URL: 'postgresql://master:c%40nary-other@localhost:PORT/postgres' },
      /authentication failed/,
    ],
    ['a URL that is none', { DATABASE_URL: 'postgresql://master:c@nary p/w@[x' }, /is no URL/],
    ['a table that is not there', { OUTBOX_TABLE: 'nowhere.seen' }, /relation "nowhere.seen" does not exist/],
  ])('says what is wrong, and no password: %s', async (_, given: Record<string, string>, message) => {
    const DATABASE_URL = given.DATABASE_URL?.replace('PORT', String(postgres.port));
    const { invoke, logged } = await open({ ...given, ...(DATABASE_URL ? { DATABASE_URL } : {}) });
    const answer = await invoke();
    expect(answer?.error?.message).toMatch(message);
    expect(`${JSON.stringify(answer)}${logged()}`).not.toMatch(/c@nary|c%40nary/);
  });

  it('reads the secret again when the login is refused, because it was rotated (F-81)', async () => {
    const { write, invoke, secrets, secretArn } = await open();
    write('a', [{}]);
    expect(await invoke()).toMatchObject({ result: { published: 1 } });
    postgres.psql("ALTER ROLE master PASSWORD 'rotated'");
    onTestFinished(() => void postgres.psql(`ALTER ROLE master PASSWORD '${PASSWORD}'`));
    write('a', [{}]);
    expect(await invoke()).toMatchObject({ error: { message: expect.stringContaining('password authentication') } });
    const SecretString = JSON.stringify({ username: 'master', password: 'rotated' });
    await secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
    expect(await invoke()).toMatchObject({ result: { published: 1 } });
  });

  it('a refused event holds back the later ones of its aggregate alone, until it is accepted', async () => {
    const { write, invoke, arrived, rows, makeDue } = await open();
    write('a', [{ n: 1 }]);
    write('a', ['no object']);
    write('a', [{ n: 3 }]);
    write('b', [{ n: 4 }, { n: 5 }]);
    expect(await invoke()).toEqual({
      error: {
        name: 'PublishingFailed',
        message: '1 events were refused, 0 of them for the last time; 3 were published',
      },
    });
    const order = () => arrived().map(({ id }) => id);
    expect(order().sort()).toEqual(['1', '4', '5']);
    expect(rows()[1]).toEqual({
      id: 2,
      attempts: 1,
      published: false,
      failed: false,
      error: 'MalformedDetail: Detail is malformed.',
    });
    expect(rows()[2]).toMatchObject({ attempts: 0, published: false });
    // Its pause is not over: nothing is tried, and nothing is wrong with this run.
    expect(await invoke()).toMatchObject({ result: { published: 0, oldestSeconds: expect.any(Number) } });
    postgres.psql(`UPDATE events_outboxevent SET payload = '{"n": 2}' WHERE id = 2`);
    makeDue();
    expect(await invoke()).toMatchObject({ result: { published: 2 } });
    expect(order().slice(3)).toEqual(['2', '3']);
    expect(rows()[1]).toMatchObject({ attempts: 2, published: true, error: null });
  });

  it('when every event of a batch is refused, each run fails, attempts count, and the last sets them aside (D5, S0-35)', async () => {
    const { write, invoke, rows, makeDue, deadLetters, arrived } = await open({ MAX_ATTEMPTS: '3' });
    write('a', ['bad 1', { good: true }]);
    write('b', ['bad 2']);
    for (const attempts of [1, 2]) {
      expect(await invoke()).toMatchObject({ error: { message: expect.stringContaining('0 were published') } });
      expect(rows().map((row) => row.attempts)).toEqual([attempts, 0, attempts]);
      makeDue();
    }
    expect(deadLetters()).toEqual([]);
    expect(await invoke()).toMatchObject({
      error: { message: '2 events were refused, 2 of them for the last time; 1 were published' },
    });
    expect(rows().map(({ failed, published }) => [failed, published])).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
    expect(deadLetters()).toEqual([
      expect.objectContaining({
        id: '1',
        aggregate: 'a',
        attempts: 3,
        detail: '"bad 1"',
        error: { code: 'MalformedDetail', message: 'Detail is malformed.' },
      }),
      expect.objectContaining({ id: '3', aggregate: 'b' }),
    ]);
    expect(arrived().map(({ id }) => id)).toEqual(['2']);
    expect(await invoke()).toMatchObject({ result: { published: 0, refused: 0 } });
  });

  it('an event whose letter cannot be sent is not set aside', async () => {
    const { write, invoke, rows, deadLetters, sandbox, makeDue } = await open({
      MAX_ATTEMPTS: '1',
      AWS_MAX_ATTEMPTS: '1',
    });
    sandbox.faults.push({ operation: 'SendMessage', with: new AwsFault('AccessDenied', 'not allowed') });
    write('a', ['bad']);
    expect(await invoke()).toMatchObject({
      error: { message: '1 events were refused, 0 of them for the last time; 0 were published' },
    });
    expect(rows()[0]).toMatchObject({ failed: false, attempts: 1 });
    makeDue();
    await invoke();
    expect(rows()[0]).toMatchObject({ failed: true, attempts: 2 });
    expect(deadLetters()).toHaveLength(1);
  });

  it('a bus that cannot be asked judges nobody: the run fails, no attempt counts, nothing is lost', async () => {
    const { write, invoke, rows, sandbox, arrived } = await open({ AWS_MAX_ATTEMPTS: '1' });
    write('a', [{}, {}]);
    sandbox.faults.push(
      { operation: 'PutEvents', with: new AwsFault('AccessDeniedException', 'no') },
      { operation: 'PutEvents', skip: 0, with: 'cut-before' },
    );
    for (const reason of [/AccessDenied/, /could not be asked/])
      expect(await invoke()).toMatchObject({
        error: { name: 'PublishingFailed', message: expect.stringMatching(reason) },
      });
    expect(rows().map(({ attempts }) => attempts)).toEqual([0, 0]);
    expect(await invoke()).toMatchObject({ result: { published: 2 } });
    expect(arrived()).toHaveLength(2);
  });

  it('an answer that is lost makes a duplicate, and no loss', async () => {
    const { write, invoke, rows, sandbox, arrived } = await open({ AWS_MAX_ATTEMPTS: '1' });
    write('a', [{}]);
    sandbox.faults.push({ operation: 'PutEvents', with: 'cut-after' });
    expect(await invoke()).toMatchObject({ error: { name: 'PublishingFailed' } });
    expect(await invoke()).toMatchObject({ result: { published: 1 } });
    expect(rows()[0]).toMatchObject({ published: true });
    expect(arrived().map(({ id }) => id)).toEqual(['1', '1']);
  });

  it('a request that is refused as a whole is asked about entry by entry', async () => {
    const { write, invoke, sandbox, arrived } = await open();
    for (const aggregate of ['a', 'b', 'c']) write(aggregate, [{}]);
    const refusal = new AwsFault('ValidationException', 'Total size of the entries in the request is over the limit.');
    sandbox.faults.push({ operation: 'PutEvents', times: 2, with: refusal });
    expect(await invoke()).toMatchObject({
      error: { message: expect.stringMatching(/^1 events .* 2 were published$/) },
    });
    expect(arrived()).toHaveLength(2);
  });

  it('an entry that is throttled is not taken for published', async () => {
    const scene = await outboxScene(postgres, PASSWORD);
    onTestFinished(scene.close);
    const endpoint = await tamperingProxy(scene.sandbox.endpoint, {
      operation: 'PutEvents',
      change: (body) => {
        const { Entries } = JSON.parse(body);
        return JSON.stringify({
          FailedEntryCount: 1,
          Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'slow' }, ...Entries.slice(1, -1), {}],
        });
      },
    });
    const lambda = new LambdaProcess(bundle.file, { ...scene.env, AWS_ENDPOINT_URL: endpoint });
    onTestFinished(() => lambda.end());
    for (const aggregate of ['a', 'b', 'c']) scene.write(aggregate, [{}]);
    expect(await lambda.invoke()).toMatchObject({ error: { message: expect.stringMatching(/^2 events/) } });
    expect(scene.rows().map(({ published, error }) => [published, error?.split(':')[0]])).toEqual([
      [false, 'ThrottlingException'],
      [true, undefined],
      [false, 'NoAnswer'],
    ]);
  });

  it('an event that no request can hold is set aside at once; one of 300 KB goes', async () => {
    const { write, invoke, rows, deadLetters, arrived } = await open();
    const long = (aggregate: string, length: number) =>
      postgres.psql(
        `INSERT INTO events_outboxevent (aggregate_id, event_type, payload) VALUES ('${aggregate}', 'Placed', jsonb_build_object('text', repeat('x', ${length})))`,
      );
    long('a', 300_000);
    long('b', 1_100_000);
    write('b', [{ after: true }]);
    await invoke();
    expect(rows().map(({ failed, published }) => [failed, published])).toEqual([
      [false, true],
      [true, false],
      [false, true],
    ]);
    expect(deadLetters()).toEqual([expect.objectContaining({ id: '2', detailOmitted: true })]);
    expect(arrived()).toHaveLength(2);
  });

  it('begins no batch that it has no time for, and goes on where it was', async () => {
    const { write, invoke } = await open({ BATCH_SIZE: '1' });
    write('a', [{}, {}]);
    expect(await invoke(0)).toMatchObject({
      result: { published: 0, stopped: 'time', oldestSeconds: expect.any(Number) },
    });
    expect(await invoke()).toMatchObject({ result: { published: 2, batches: 2 } });
  });

  it('knows other names, another schema, and ids that are no numbers', async () => {
    postgres.psql('DROP SCHEMA IF EXISTS "Mail box" CASCADE; CREATE SCHEMA "Mail box"');
    postgres.psql(`CREATE TABLE "Mail box"."out" ("key" uuid PRIMARY KEY, "of" int, kind text, body json, made timestamptz DEFAULT now(),
      tries int DEFAULT 0, again timestamptz, done timestamptz, dead timestamptz, why text, "from" text)`);
    const { invoke, arrived } = await open({
      OUTBOX_TABLE: 'Mail box.out',
      OUTBOX_COLUMNS: JSON.stringify({
        id: 'key',
        aggregate: 'of',
        type: 'kind',
        payload: 'body',
        createdAt: 'made',
        attempts: 'tries',
        nextAttemptAt: 'again',
        publishedAt: 'done',
        failedAt: 'dead',
        lastError: 'why',
        source: 'from',
      }),
    });
    postgres.psql(`INSERT INTO "Mail box"."out" ("key", "of", kind, body, "from") VALUES
      ('01890000-0000-7000-8000-000000000001', 7, 'Made', '{"n":1}', 'shop'), ('01890000-0000-7000-8000-000000000002', 7, 'Made', '{"n":2}', NULL)`);
    expect(await invoke()).toMatchObject({ result: { published: 2 } });
    expect(arrived().map(({ source, detail }) => [source, detail])).toEqual([
      ['shop', { n: 1 }],
      ['outbox', { n: 2 }],
    ]);
  });
});
