import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateDBSubnetGroupCommand,
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  RDSClient,
  StartDBClusterCommand,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Databases } from '../../sandbox/machine/postgres/databases.ts';
import { findPostgres } from '../../sandbox/machine/postgres/find-programs.ts';
import { ensureDefaultVpc } from '../../sandbox/services/ec2/default-vpc.ts';
import { subnets } from '../../sandbox/services/ec2/state.ts';
import { startSandbox } from '../start-sandbox.ts';

const programs = await findPostgres(tmpdir(), process.env);
const beside = programs && join(dirname(programs.postgres), 'psql');
const psql = beside && existsSync(beside) ? beside : 'psql';
if (!programs) console.log('postgres.test.ts is skipped: this machine has no PostgreSQL server');

const DBClusterIdentifier = 'main';
const PASSWORD = 'first-password';

async function scene(directory = mkdtempSync(join(tmpdir(), 'database-'))) {
  const databases = new Databases(directory, programs!);
  const machine = { engine: undefined, databases, owner: directory };
  onTestFinished(() => databases.clear());
  const sandbox = await startSandbox({ directory, machine });
  const rds = sandbox.client(RDSClient);
  return {
    ...sandbox,
    directory,
    rds,
    async create() {
      ensureDefaultVpc(sandbox.scope);
      await rds.send(
        new CreateDBSubnetGroupCommand({
          DBSubnetGroupName: 'all',
          DBSubnetGroupDescription: 'all',
          SubnetIds: subnets
            .in(sandbox.scope)
            .values()
            .map(({ SubnetId }) => SubnetId),
        }),
      );
      await rds.send(
        new CreateDBClusterCommand({
          DBClusterIdentifier,
          Engine: 'aurora-postgresql',
          DBSubnetGroupName: 'all',
          MasterUsername: 'owner',
          MasterUserPassword: PASSWORD,
          DatabaseName: 'app',
        }),
      );
      await rds.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier: 'main-1',
          DBClusterIdentifier,
          Engine: 'aurora-postgresql',
          DBInstanceClass: 'db.r6g.large',
        }),
      );
    },
    async cluster() {
      const { DBClusters } = await rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier }));
      return DBClusters![0]!;
    },
  };
}

/** What psql answers to a statement, or its complaint. */
function ask(
  { Endpoint, Port }: { Endpoint?: string | undefined; Port?: number | undefined },
  statement: string,
  { password = PASSWORD, database = 'app', sslmode = 'require', authority = '' } = {},
): Promise<string> {
  const words = ['--no-psqlrc', '--tuples-only', '--no-align', '--quiet', '--command', statement];
  const env = {
    PATH: process.env.PATH,
    PGHOST: Endpoint!,
    PGPORT: String(Port),
    PGUSER: 'owner',
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: sslmode,
    ...(authority === '' ? {} : { PGSSLROOTCERT: authority }),
  };
  return new Promise((resolve) => {
    execFile(psql, words, { env }, (error, stdout, stderr) => resolve(error ? stderr : stdout.trim()));
  });
}

describe.skipIf(!programs)('an Aurora cluster on a machine with PostgreSQL', () => {
  it('is a real server behind its endpoint: TLS, its own users, its database, and transactions that last', async () => {
    const { create, cluster, settle, close, directory, world } = await scene();
    world.pause();
    await create();
    const made = await cluster();
    expect(made).toMatchObject({ Endpoint: expect.stringMatching(/^127\./), Port: 5432 });
    expect(await ask(made, 'select 1')).toMatch(/server closed the connection|SSL|EOF/);
    await settle();
    expect(await ask(made, 'select current_user, ssl from pg_stat_ssl where pid = pg_backend_pid()')).toBe('owner|t');
    expect(await ask(made, 'create table t (n int); insert into t values (42)')).toBe('');
    expect(await ask(made, 'select 1', { password: 'wrong' })).toContain('password authentication failed');
    expect(await ask(made, 'select 1', { database: 'nothing' })).toContain('does not exist');
    expect(await ask(made, 'select rolsuper from pg_roles where rolname = current_user')).toBe('f');
    expect(await ask(made, 'create extension pg_trgm; create database other; select 1')).not.toContain('denied');
    const verified = { sslmode: 'verify-full', authority: world.machine!.databases!.authorityFile() };
    expect(await ask(made, 'select 1', verified)).toBe('1');
    expect(await ask({ ...made, Endpoint: '127.0.0.1' }, 'select 1', verified)).not.toBe('1');
    await close();

    const again = await scene(directory);
    expect(await ask(made, 'select 1', verified)).toBe('1');
    expect((await again.cluster()).Endpoint).toBe(made.Endpoint);
    expect(await ask(made, 'select n from t')).toBe('42');
  });

  it('takes a new password, lets nobody in while it is stopped, and is gone with its cluster', async () => {
    const { create, cluster, settle, rds } = await scene();
    await create();
    await settle();
    const made = await cluster();
    expect(await ask(made, 'select 1')).toBe('1');
    await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, MasterUserPassword: "it's-another" }));
    await settle();
    expect(await ask(made, 'select 1')).toContain('password authentication failed');
    expect(await ask(made, 'select 1', { password: "it's-another" })).toBe('1');

    await rds.send(new StopDBClusterCommand({ DBClusterIdentifier }));
    await settle();
    expect(await ask(made, 'select 1', { password: "it's-another" })).toMatch(/closed|SSL|EOF/);

    await rds.send(new StartDBClusterCommand({ DBClusterIdentifier }));
    await settle();
    await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier: 'main-1' }));
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier, SkipFinalSnapshot: true }));
    await settle();
    await expect.poll(() => ask(made, 'select 1'), { timeout: 20_000 }).toContain('refused');
  });
});
