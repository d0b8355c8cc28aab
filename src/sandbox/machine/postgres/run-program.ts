import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** As whom a server runs: PostgreSQL refuses to be root. Undefined: as ourselves. */
export interface Account {
  uid: number;
  gid: number;
}

/** The account of a system's own PostgreSQL, else nobody's; only root can and must become somebody else. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => accounts.find(([each]) => each === name)).find((row) => row);
  return found && { uid: Number(found[2]), gid: Number(found[3]) };
}

export interface Program {
  file: string;
  words: readonly string[];
  account: Account | undefined;
  directory: string;
}

export const startProgram = ({ file, words, account, directory }: Program): ChildProcess =>
  spawn(file, words, {
    cwd: directory,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
    ...account,
  });

/** Runs a program to its end with what it is to read; throws what it said when it does not end well. */
export function runToEnd(program: Program, input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = startProgram(program);
    let said = '';
    for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece) => (said += piece));
    child.on('error', reject);
    child.on('close', (code) => {
      // In its single-user mode PostgreSQL says of an error and goes on.
      const refused = /^.*(?:ERROR|FATAL):.*$/m.exec(said)?.[0];
      if (code === 0 && refused === undefined) resolve(said);
      else reject(new Error(`${program.file} ended with ${code}: ${refused ?? said.slice(-2_000)}`));
    });
    child.stdin!.on('error', () => undefined);
    child.stdin!.end(input);
  });
}
