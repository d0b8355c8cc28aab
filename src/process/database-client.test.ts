import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DatabaseAnswer, databaseAnswers } from '../domain/database-answers.ts';
import { scramVerifier } from '../domain/secrets/scram-verifier.ts';
import { type Statement, tenantStatements } from '../release/tenant-sql.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../testing/start-postgres.ts';
import { databaseClientCommand, type Interpreter } from './database-client.ts';

const MASTER = 'm@ster p/w:"é$1';
const run = promisify(execFile);

describe.skipIf(!postgresPrograms)('against a real PostgreSQL server', () => {
  let server: RunningPostgres;
  beforeAll(async () => {
    server = await startPostgres({ password: MASTER });
  }, 60_000);
  afterAll(() => server.stop());

  interface Asked {
    host?: string;
    port?: number;
    name?: string;
    user?: string;
    password?: string;
    sql?: readonly Statement[];
    interpreter?: Interpreter;
  }

  /** As a container would: the words of the command, and nothing but these variables. */
  async function ask({
    host = '127.0.0.1',
    name = 'postgres',
    user = 'master',
    password = MASTER,
    ...asked
  }: Asked): Promise<DatabaseAnswer[]> {
    const [program, ...words] = await databaseClientCommand(asked.interpreter ?? 'node');
    const input = { host, port: asked.port ?? server.port, name, user: 'U', password: 'P', sql: asked.sql ?? [] };
    const env = { PATH: process.env.PATH!, PLATFORM_DB: JSON.stringify(input), U: user, P: password };
    const { stdout, stderr } = await run(program!, words, { env }).catch((error) => error);
    expect(stderr).toBe('');
    expect(stdout).not.toContain(password);
    return databaseAnswers(stdout.split('\n'));
  }
  const last = async (asked: Asked) => (await ask(asked)).at(-1);

  describe.each(['node', 'python3'] as const)('with %s', (interpreter) => {
    it('tells network, TLS, login and version apart (S1-72, S3-74)', async () => {
      const answers = await ask({ interpreter, sql: [['postgres', "SELECT 'a' || 1", null]] });
      expect(answers.map(({ step, ok }) => [step, ok])).toEqual(
        ['dns', 'tcp', 'tls', 'login', 'version', 'sql.0'].map((step) => [step, true]),
      );
      expect(answers[2]!.detail.protocol).toMatch(/^TLSv1\.[23]$/);
      expect(String(answers[4]!.detail.version)).toMatch(/^\d+/);
      expect(answers[5]!.detail).toEqual({ rows: ['a1'] });
    });

    it.each([
      ['a wrong password (F-81)', { password: 'wrong' }, 'login', '28P01'],
      ['no such database (F-89)', { name: 'nowhere' }, 'login', '3D000'],
      ['a user that is not there (F-81)', { user: 'nobody_of_that_name' }, 'login', '28P01'],
      ['nobody listening (F-78)', { port: 1 }, 'tcp', undefined],
      ['a name that leads nowhere', { host: 'db.invalid' }, 'dns', undefined],
      ['SQL that is refused', { sql: [[null, 'SELECT 1/0', null]] }, 'sql.0', '22012'],
    ] as const)('says where it ends: %s', async (_, asked, step, code) => {
      const answer = await last({ ...asked, interpreter });
      expect(answer).toMatchObject({ step, ok: false });
      if (code) expect(answer!.detail.code).toBe(code);
    });

    it('fits into what ECS lets a run override, with the longest names and the SQL of a tenant', async () => {
      const long = 'a'.repeat(63);
      const sql = tenantStatements({
        database: long,
        role: long,
        owner: `${'p'.repeat(40)}/${'e'.repeat(20)}`,
        verifier: scramVerifier('x'),
      });
      const input = JSON.stringify({
        host: 'h'.repeat(120),
        port: 5432,
        name: long,
        user: 'MAIN_DATABASE_USER',
        password: 'MAIN_DATABASE_PASSWORD',
        sql,
      });
      const overrides = {
        containerOverrides: [
          {
            name: 'c'.repeat(60),
            command: await databaseClientCommand(interpreter),
            environment: [{ name: 'PLATFORM_DB', value: input }],
          },
        ],
      };
      expect(JSON.stringify(overrides).length).toBeLessThanOrEqual(8_192);
    });

    it('makes a database and a role that can work in it, as often as it is asked (F-89, S3-117)', async () => {
      const name = `shop_${interpreter}`;
      const tenant = (password: string) =>
        tenantStatements({
          database: name,
          role: name,
          verifier: scramVerifier(password),
          owner: 'shop/dev',
        });
      for (const password of ['first', 'second', 'second'])
        expect((await ask({ interpreter, sql: tenant(password) })).filter(({ ok }) => !ok)).toEqual([]);
      const own = { interpreter, name, user: name };
      expect(await last({ ...own, password: 'first' })).toMatchObject({ step: 'login', ok: false });
      const work = 'CREATE TABLE IF NOT EXISTS orders (id int); INSERT INTO orders VALUES (1)';
      const answers = await ask({
        ...own,
        password: 'second',
        sql: [
          [name, work, null],
          [name, 'SELECT count(*) FROM orders', null],
        ],
      });
      expect(answers.at(-1)).toMatchObject({ ok: true, detail: { rows: ['1'] } });
      expect(server.psql(`SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = '${name}'`)).toBe(
        'f|f|f',
      );

      // Others stay outside, and what is somebody else's is left alone.
      const other = tenantStatements({
        database: `${name}_2`,
        role: `${name}_2`,
        verifier: scramVerifier('other'),
        owner: 'other/dev',
      });
      await ask({ interpreter, sql: other });
      expect(await last({ interpreter, name, user: `${name}_2`, password: 'other' })).toMatchObject({
        step: 'login',
        ok: false,
      });
      const stolen = tenantStatements({
        database: name,
        role: `${name}_2`,
        verifier: scramVerifier('x'),
        owner: 'other/dev',
      });
      expect(await last({ interpreter, sql: stolen })).toMatchObject({
        step: 'sql.3',
        ok: false,
        detail: { message: `the database ${name} is there and belongs to ${name}` },
      });
      const master = tenantStatements({
        database: 'x',
        role: 'master',
        verifier: scramVerifier('x'),
        owner: 'shop/dev',
      });
      expect(await last({ interpreter, sql: master })).toMatchObject({
        step: 'sql.0',
        ok: false,
        detail: { code: '42710' },
      });
    });
  });

  it('a verifier is as good as the password that it is of', async () => {
    server.psql(`CREATE ROLE verified LOGIN PASSWORD '${scramVerifier('påss wörd')}'`);
    expect((await ask({ user: 'verified', password: 'påss wörd' })).find(({ step }) => step === 'login')).toMatchObject(
      { ok: true },
    );
  });

  it('no name and no comment, however hostile, is anything but a name and a comment (S3-117)', async () => {
    const hostile = fc.string({
      unit: fc.constantFrom('"', "'", '\\', '$', ';', '-', ' ', '\n', 'a', 'é', '%', '$p$', '/*'),
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (database, role, owner) => {
        const before = server.psql('SELECT count(*) FROM pg_roles');
        const statements = tenantStatements({
          database: `d${database}`,
          role: `r${role}`,
          verifier: scramVerifier('x'),
          owner,
        });
        expect((await ask({ sql: statements })).filter(({ ok }) => !ok)).toEqual([]);
        const hex = (text: string) => Buffer.from(text).toString('hex');
        expect(
          server.psql(
            `SELECT count(*) FROM pg_database d JOIN pg_roles r ON d.datdba = r.oid WHERE datname = convert_from('\\x${hex(`d${database}`)}', 'UTF8') AND rolname = convert_from('\\x${hex(`r${role}`)}', 'UTF8') AND shobj_description(r.oid, 'pg_authid') = convert_from('\\x${hex(`platform: ${owner}`)}', 'UTF8')`,
          ),
        ).toBe('1');
        expect(Number(server.psql('SELECT count(*) FROM pg_roles')) - Number(before)).toBe(1);
        server.psql(`DROP DATABASE "${`d${database}`.replaceAll('"', '""')}"`);
        server.psql(`DROP ROLE "${`r${role}`.replaceAll('"', '""')}"`);
      }),
      { numRuns: 15 },
    );
  }, 120_000);
});

it('reads the lines of the client among others, and believes nothing else', () => {
  expect(
    databaseAnswers([
      'starting',
      'platform-db tcp ok {}',
      'platform-db tls failed not json',
      'x platform-db a ok {}',
      'platform-db login failed {"code":"28P01"}\r',
    ]),
  ).toEqual([
    { step: 'tcp', ok: true, detail: {} },
    { step: 'login', ok: false, detail: { code: '28P01' } },
  ]);
});
