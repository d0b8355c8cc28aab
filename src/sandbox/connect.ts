import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BreakAnswer, BreakRequest } from './break/break-steps.ts';
import { buildOfSandbox } from './build.ts';
import { refuseForeignState } from './kernel/state-format.ts';
import { lockOwner } from './server-lock.ts';
import type { ShownPost } from './services/sns/all-posts.ts';

export { hasTraces } from './machine/traces.ts';

// The only file of the sandbox that the rest of the program imports: built-ins only, so that nothing else is loaded.

export interface SandboxConnection {
  endpoint: string;
  /** Opens the control calls; it stands in a file that only the owner can read. */
  token: string;
  pid: number;
  port: number;
  /** Which program serves it; absent: one from before builds were told apart. */
  build?: string;
}

/** A connection that changed the server's pace knows the pace before. */
export interface PacedConnection extends SandboxConnection {
  previousSpeed?: number;
}

export interface ConnectOptions {
  /** Where the sandbox keeps its state: `.platform/sandbox` of a project. */
  directory: string;
  /** Virtual milliseconds per real one; a running server is set to it, and stays so until somebody sets it again. */
  speed?: number;
  /** A running server on another port is started anew; its state stays. */
  port?: number;
  /** Which program has to serve; a running server of another build is started anew; its state stays. */
  build?: string;
  /** Real minutes without a request after which the server ends; 0: never. */
  idleMinutes?: number;
}

export interface SandboxStatus {
  pid: number;
  port: number;
  endpoint: string;
  speed: number;
  virtualMs: number;
  busy: boolean;
  idleMinutes: number;
  calls: number;
  unknownOperations: string[];
  defects: string[];
}

/** So many virtual milliseconds pass in a real one unless somebody says otherwise: eight minutes in half a second. */
const USUAL_SPEED = 1000;
const START_WITHIN_MS = 20_000;
/** Two that start at once may both lose the race for the lock; one that ends again and again has a reason. */
const LAUNCHES = 5;

/**
 * The project's sandbox: the one that runs, or a new one in a process of its own that outlives this one. A server of
 * another build would not answer as this program expects, so it makes room, and its port and pace are kept.
 * Throws when the state is of another format; a server that can read it goes on.
 */
export async function connectSandbox(options: ConnectOptions): Promise<PacedConnection> {
  const found = await look(options.directory);
  const connection = await reach({ build: buildOfSandbox(), ...options }, found);
  return options.speed === undefined
    ? connection
    : { ...connection, previousSpeed: found?.status.speed ?? USUAL_SPEED };
}

type Found = NonNullable<Awaited<ReturnType<typeof look>>>;

async function reach(
  options: ConnectOptions & { build: string },
  found: Found | undefined,
): Promise<SandboxConnection> {
  const { directory, speed, idleMinutes, build } = options;
  if (!found) return start(options);
  const { running, status } = found;
  if (running.build !== build) {
    refuseForeignState(directory);
    await makeRoom(running);
    return start({ speed: status.speed, idleMinutes: status.idleMinutes, port: status.port, ...options });
  }
  if (options.port !== undefined && options.port !== running.port) {
    await makeRoom(running);
    return start(options);
  }
  if (speed !== undefined || idleMinutes !== undefined)
    await controlSandbox(running, 'configure', {
      ...(speed === undefined ? {} : { speed: Number.isFinite(speed) ? speed : 'endless' }),
      ...(idleMinutes === undefined ? {} : { idleMinutes }),
    });
  return running;
}

/** Somebody else may be ending it too, for the same reason. */
async function makeRoom(running: SandboxConnection): Promise<void> {
  try {
    await stopSandbox(running);
  } catch (error) {
    if (!(await gone(running.pid))) throw error;
  }
}

/** The sandbox of this directory if one runs and answers; undefined otherwise. */
export async function findSandbox({ directory }: { directory: string }): Promise<SandboxConnection | undefined> {
  return (await look(directory))?.running;
}

async function look(directory: string): Promise<{ running: SandboxConnection; status: SandboxStatus } | undefined> {
  let known: Omit<SandboxConnection, 'endpoint'>;
  try {
    known = JSON.parse(readFileSync(join(directory, 'server.json'), 'utf8'));
  } catch {
    return undefined;
  }
  const running = { ...known, endpoint: `http://127.0.0.1:${known.port}` };
  try {
    const status = await controlSandbox(running, 'status');
    return status.pid === known.pid ? { running, status } : undefined;
  } catch {
    // Left behind by a server that was killed; another program may have its port by now.
    return undefined;
  }
}

export type ControlCall = 'status' | 'configure' | 'advance' | 'settle' | 'behave' | 'reset' | 'stop';

/** Asks the server itself; answers with how it stands. Throws when it does not answer. */
export const controlSandbox = (server: ControlAddress, what: ControlCall, body: object = {}): Promise<SandboxStatus> =>
  controlCall(server, what, body);

/** Does to its AWS what a scenario says. */
export const breakSandbox = (server: ControlAddress, request: BreakRequest): Promise<BreakAnswer> =>
  controlCall(server, 'break', request);

/** What its topics wrote to mailboxes and servers. */
export const readSandboxMail = (server: ControlAddress): Promise<{ mail: ShownPost[] }> =>
  controlCall(server, 'mail', {});

export type ControlAddress = Pick<SandboxConnection, 'port' | 'token'>;

function controlCall<Answer>({ port, token }: ControlAddress, what: string, body: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host: '127.0.0.1',
        port,
        path: `/_sandbox/${what}`,
        method: what === 'status' ? 'GET' : 'POST',
        headers: { 'x-sandbox-token': token },
        agent: false,
        timeout: what === 'status' ? 3_000 : 120_000,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode !== 200) reject(new Error(`the sandbox answered ${response.statusCode} to ${what}`));
          else resolve(JSON.parse(text));
        });
      },
    );
    call.on('timeout', () => call.destroy(new Error(`the sandbox did not answer ${what}`)));
    call.on('error', reject);
    call.end(what === 'status' ? undefined : JSON.stringify(body));
  });
}

/** Ends the server and waits until it is gone; its state stays. */
export async function stopSandbox(connection: SandboxConnection): Promise<void> {
  await controlSandbox(connection, 'stop');
  await gone(connection.pid);
}

/** Waits for the end of a process that was told to end; false when it does not. */
async function gone(pid: number): Promise<boolean> {
  const deadline = Date.now() + START_WITHIN_MS;
  while (alive(pid) && Date.now() < deadline) await wait(20);
  return !alive(pid);
}

async function start(options: ConnectOptions & { build: string }): Promise<SandboxConnection> {
  const { directory } = options;
  refuseForeignState(directory);
  const deadline = Date.now() + START_WITHIN_MS;
  let child: ChildProcess | undefined;
  let launches = 0;
  while (Date.now() < deadline) {
    const running = await findSandbox({ directory });
    if (running) return running;
    // Somebody else's server may be on its way up: it has the lock before it has an address.
    if (lockOwner(directory) === undefined && (child === undefined || child.exitCode !== null)) {
      if (launches === LAUNCHES) break;
      launches += 1;
      child = launch(options);
    }
    await wait(25);
  }
  const owner = lockOwner(directory);
  throw new Error(
    owner === undefined
      ? `It did not start; ${join(directory, 'server.log')} says why`
      : `Process ${owner} holds the sandbox in ${directory} but does not answer; end it and try again`,
  );
}

function launch({
  directory,
  speed = USUAL_SPEED,
  port,
  idleMinutes,
  build,
}: ConnectOptions & { build: string }): ChildProcess {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const log = openSync(join(directory, 'server.log'), 'w', 0o600);
  const child = spawn(
    process.execPath,
    [
      program(),
      '--directory',
      directory,
      '--speed',
      String(speed),
      '--build',
      build,
      ...(port === undefined ? [] : ['--port', String(port)]),
      ...(idleMinutes === undefined ? [] : ['--idle-minutes', String(idleMinutes)]),
    ],
    { detached: true, stdio: ['ignore', log, log], env: surroundings() },
  );
  child.unref();
  return child;
}

/** Compiled or not, the program lies beside this file in the same form. */
function program(): string {
  const beside = fileURLToPath(new URL('./main.ts', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('./main.js', import.meta.url));
}

/** Without anybody's keys and without the debugger of the program that starts it. */
function surroundings(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && name !== 'NODE_OPTIONS'),
  );
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
