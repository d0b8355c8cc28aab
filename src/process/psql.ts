import { execa } from 'execa';
import type { Secret } from '../secret.ts';
import { onPath } from './on-path.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface PsqlConnection {
  port: number;
  name: string;
  user: string;
  password: Secret;
}

/** Undefined where there is no psql on PATH. */
export const findPsql = (variables: Variables): Promise<string | undefined> => onPath('psql', variables);

/**
 * Hands the terminal to psql; the password is in the environment of that process alone. Answers with its exit code.
 * `onlyErrors`: stdout belongs to somebody else, so what it prints goes to stderr.
 */
export async function runPsql(
  program: string,
  words: readonly string[],
  { port, name, user, password }: PsqlConnection,
  { variables, onlyErrors }: { variables: Variables; onlyErrors: boolean },
): Promise<number> {
  const { exitCode } = await execa(program, words, {
    env: {
      ...variables,
      PGHOST: '127.0.0.1',
      PGPORT: String(port),
      PGDATABASE: name,
      PGUSER: user,
      PGPASSWORD: password.reveal(),
      // The name on the certificate is the database's, not that of this end of the tunnel.
      PGSSLMODE: 'require',
    },
    extendEnv: false,
    stdin: 'inherit',
    stdout: onlyErrors ? 2 : 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  return exitCode ?? 1;
}
