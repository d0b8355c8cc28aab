import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Authority } from './authority.ts';
import { type DatabaseSpec, prepareData, putCertificate } from './data-directory.ts';
import type { PostgresPrograms } from './find-programs.ts';
import { type Account, startProgram } from './run-program.ts';

const START_WITHIN_MS = 60_000;

/** A rehearsal's data need not outlive a power cut; so many servers may stand side by side. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'ssl=on',
  'max_connections=100',
  'shared_buffers=32MB',
  'fsync=off',
  'full_page_writes=off',
  'password_encryption=scram-sha-256',
];

/** One PostgreSQL server of this machine. It is started when somebody wants it, and can be stopped at any time. */
export class DatabaseServer {
  readonly folder: string;
  readonly #programs: PostgresPrograms;
  readonly #account: Account | undefined;
  readonly #authority: Authority;
  /** What it is reached by, as its certificate says. */
  readonly #names = new Set(['127.0.0.1', 'localhost', 'host.docker.internal']);
  #running: Promise<{ child: ChildProcess; port: number }> | undefined;

  constructor(
    folder: string,
    {
      programs,
      account,
      authority,
    }: { programs: PostgresPrograms; account: Account | undefined; authority: Authority },
  ) {
    this.folder = folder;
    this.#programs = programs;
    this.#account = account;
    this.#authority = authority;
  }

  /** The port that it listens on, started if it does not run; its certificate holds for the address that was asked. */
  async port(spec: DatabaseSpec, address: string): Promise<number> {
    const isNew = !this.#names.has(address);
    this.#names.add(address);
    const wasRunning = this.#running !== undefined;
    this.#running ??= this.#start(spec);
    const starting = this.#running;
    try {
      const { child, port } = await starting;
      if (isNew && wasRunning) {
        this.#certify();
        child.kill('SIGHUP');
      }
      return port;
    } catch (error) {
      if (this.#running === starting) this.#running = undefined;
      throw error;
    }
  }

  /** Ends it; connections are cut, what was committed stays. */
  async stop(): Promise<void> {
    const running = await this.#running?.catch(() => undefined);
    this.#running = undefined;
    if (running && running.child.exitCode === null) {
      const ended = once(running.child, 'exit');
      running.child.kill('SIGINT');
      await ended;
    }
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #certify(): void {
    putCertificate(this.folder, this.#authority.sign([...this.#names]), this.#account);
  }

  async #start(spec: DatabaseSpec): Promise<{ child: ChildProcess; port: number }> {
    await endOrphan(this.folder);
    await prepareData(this.folder, { programs: this.#programs, account: this.#account, spec });
    this.#certify();
    const port = await freePort();
    const words = ['-D', this.folder, '-p', String(port), ...SETTINGS.flatMap((setting) => ['-c', setting])];
    const child = startProgram({
      file: this.#programs.postgres,
      words,
      account: this.#account,
      directory: this.folder,
    });
    let said = '';
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (piece) => {
        said = `${said}${piece}`.slice(-4_000);
      });
    child.on('error', (error) => {
      said += error.message;
    });
    child.on('exit', () => {
      this.#running = undefined;
    });
    const deadline = Date.now() + START_WITHIN_MS;
    while (!said.includes('ready to accept connections')) {
      if (child.exitCode !== null || child.pid === undefined || Date.now() > deadline) {
        child.kill('SIGKILL');
        throw new Error(`PostgreSQL did not start: ${said}`);
      }
      await wait(20);
    }
    return { child, port };
  }
}

/** A server whose sandbox was killed still has its files: it has to end before another begins. */
export async function endOrphan(folder: string): Promise<void> {
  let pid: number;
  try {
    const [first, home] = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
    if (home !== folder) return;
    pid = Number(first);
    // A process of that number that is no PostgreSQL is none of ours.
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) return;
    process.kill(pid, 'SIGINT');
  } catch {
    return;
  }
  for (let tries = 0; tries < 200 && isAlive(pid); tries += 1) await wait(50);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Opens a connection to it. */
export const connectTo = (port: number) => connect({ host: '127.0.0.1', port });
