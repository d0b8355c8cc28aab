import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';

/** The folder of the newest PostgreSQL server of this machine; undefined without one. */
export const postgresPrograms: string | undefined = globSync('/usr/lib/postgresql/*/bin')
  .filter((folder) => existsSync(join(folder, 'initdb')))
  .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  .at(-1);

export interface RunningPostgres {
  port: number;
  /** The authority of its certificate, which holds for 127.0.0.1 and localhost. */
  caFile: string;
  /** As the superuser `master`, without a password, past TLS. */
  psql(sql: string, database?: string): string;
  stop(): Promise<void>;
}

const NOBODY = 65_534;

/**
 * A real server with TLS and passwords by SCRAM on 127.0.0.1, as RDS has them: what comes without TLS is refused. It
 * will not run as root, so there it runs as nobody.
 */
export async function startPostgres({ password }: { password: string }): Promise<RunningPostgres> {
  const programs = postgresPrograms!;
  const home = mkdtempSync(join(tmpdir(), 'postgres-of-a-test-'));
  const isRoot = process.getuid?.() === 0;
  const as: SpawnOptions = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const own = (path: string, mode: number) => {
    chmodSync(path, mode);
    if (isRoot) chownSync(path, NOBODY, NOBODY);
  };
  own(home, 0o700);
  const data = join(home, 'data');
  const words = join(home, 'password');
  writeFileSync(words, password);
  own(words, 0o600);
  execFileSync(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'master', '-A', 'scram-sha-256', '-E', 'UTF8', '--no-sync', `--pwfile=${words}`],
    { ...as, stdio: 'pipe', cwd: home, env: { PATH: process.env.PATH ?? '', LC_ALL: 'C' } } as object,
  );
  const [key, certificate] = [join(home, 'key.pem'), join(home, 'certificate.pem')];
  const names = ['-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
  const subject = ['-subj', '/CN=127.0.0.1', '-days', '2', ...names];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
    { stdio: 'pipe' },
  );
  own(key, 0o600);
  own(certificate, 0o644);
  writeFileSync(join(data, 'pg_hba.conf'), 'local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n');
  const port = await freePort();
  const settings = [
    'ssl=on',
    `ssl_key_file=${key}`,
    `ssl_cert_file=${certificate}`,
    'fsync=off',
    'listen_addresses=127.0.0.1',
  ];
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-p', String(port), '-k', home, ...settings.flatMap((one) => ['-c', one])],
    { ...as, cwd: home, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let said = '';
  await new Promise<void>((ready, fail) => {
    server.stderr!.on('data', (text) => {
      said += text;
      if (said.includes('ready to accept connections')) ready();
    });
    server.once('exit', () => fail(new Error(said)));
  });
  // Whoever runs the test may not look into the server's folder.
  const authority = mkdtempSync(join(tmpdir(), 'authority-of-a-test-'));
  const caFile = join(authority, 'ca.pem');
  writeFileSync(caFile, readFileSync(certificate));
  return {
    port,
    caFile,
    psql: (sql, database = 'postgres') =>
      execFileSync(
        join(programs, 'psql'),
        ['-h', home, '-p', String(port), '-U', 'master', '-d', database, '-Atqc', sql],
        {
          encoding: 'utf8',
          stdio: 'pipe',
        },
      ).trim(),
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGINT');
      await ended;
      rmSync(home, { recursive: true, force: true });
      rmSync(authority, { recursive: true, force: true });
    },
  };
}
