import { createHash } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyAndCertificate } from './certificate.ts';
import type { PostgresPrograms } from './find-programs.ts';
import { type Account, runToEnd } from './run-program.ts';

/** What stands in a database server, as RDS was told. */
export interface DatabaseSpec {
  username: string;
  password: string;
  databaseName?: string | undefined;
  /** Connections without TLS are refused. */
  requiresTls: boolean;
}

/** As in RDS the owner of everything is not the master user. */
const OWNER = 'rdsadmin';
/** Says which specification the files were brought to: passwords as a hash. */
const APPLIED = 'platform-applied';

/** Beside the sandbox's state; another account could not get there, so root's servers have theirs in the temporary folder. */
export const dataFolder = (directory: string, account: Account | undefined): string =>
  account
    ? join(tmpdir(), `platform-postgres-${createHash('sha256').update(directory).digest('hex').slice(0, 12)}`)
    : join(directory, 'postgres');

/** Makes the files of a server if there are none, and brings them to what RDS says. The server must not run. */
export async function prepareData(
  folder: string,
  { programs, account, spec }: { programs: PostgresPrograms; account: Account | undefined; spec: DatabaseSpec },
): Promise<void> {
  const common = { account, directory: folder };
  const isNew = !existsSync(join(folder, 'PG_VERSION'));
  if (isNew) {
    // What an interrupted beginning left.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (account) {
      chmodSync(join(folder, '..'), 0o711);
      chownSync(folder, account.uid, account.gid);
    }
    const words = ['-D', folder, '-U', OWNER, '--auth=reject', '--encoding=UTF8', '--locale=C', '--no-sync'];
    await runToEnd({ file: programs.initdb, words, ...common });
  }
  const host = spec.requiresTls ? 'hostssl' : 'host';
  put(join(folder, 'pg_hba.conf'), `${host} all all 127.0.0.1/32 scram-sha-256\n`, account);
  const applied = join(folder, APPLIED);
  // Of the login alone: a user that was given another password since, as a rotation does, keeps that one.
  const login = [spec.username, spec.password, spec.databaseName];
  const mark = createHash('sha256').update(JSON.stringify(login)).digest('hex');
  if (existsSync(applied) && readFileSync(applied, 'utf8') === mark) return;
  const words = ['--single', '-j', '-D', folder, 'postgres'];
  await runToEnd({ file: programs.postgres, words, ...common }, existsSync(applied) ? changed(spec) : first(spec));
  put(applied, mark, account);
}

/** What a server shows to clients that want TLS; one that runs reads it when it is told to. */
export function putCertificate(folder: string, { key, certificate }: KeyAndCertificate, account: Account | undefined) {
  put(join(folder, 'server.key'), key, account);
  put(join(folder, 'server.crt'), certificate, account);
}

/** In single-user mode with -j a statement ends at a semicolon and an empty line. */
const statements = (...all: string[]): string => `${all.join(';\n\n')};\n\n`;

const first = ({ username, password, databaseName }: DatabaseSpec): string =>
  statements(
    'CREATE ROLE rds_superuser',
    'GRANT pg_monitor, pg_signal_backend TO rds_superuser WITH ADMIN OPTION',
    `CREATE ROLE ${name(username)} LOGIN CREATEDB CREATEROLE PASSWORD ${text(password)} IN ROLE rds_superuser`,
    `ALTER DATABASE postgres OWNER TO ${name(username)}`,
    ...(databaseName && databaseName !== 'postgres'
      ? [`CREATE DATABASE ${name(databaseName)} OWNER ${name(username)}`]
      : []),
  );

const changed = ({ username, password }: DatabaseSpec): string =>
  statements(`ALTER ROLE ${name(username)} PASSWORD ${text(password)}`);

const name = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function put(file: string, content: string, account: Account | undefined): void {
  writeFileSync(file, content, { mode: 0o600 });
  if (account) chownSync(file, account.uid, account.gid);
}
