import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CONTROL_PATH, controlRoute } from '../../sandbox/control.ts';
import type { CallWatcher } from '../../sandbox/dispatch.ts';
import { ownAccessKeyId } from '../../sandbox/kernel/access-keys.ts';
import { Sandbox } from '../../sandbox/sandbox.ts';
import { bootstrapSandbox } from '../bootstrap-sandbox.ts';
import type { RunningSandbox } from '../start-sandbox.ts';
import type { CallPoint } from './call-points.ts';
import type { Scene } from './scene.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const BIN = join(REPOSITORY, 'bin', 'platform.js');
const TOKEN = 'of-the-stage';
/** As users have it: eight minutes in half a second. */
const SPEED = 1000;
/** No command of these scenes takes so long; one that does hangs. */
const HANGS_AFTER_MS = 180_000;

export const ACCOUNT = '111111111111';

export interface Ended {
  /** Null: it was killed. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** A project with an AWS that outlives every process of the program, as on AWS, and whose every call can be the last. */
export class Stage {
  readonly directory: string;
  readonly sandbox: Sandbox;
  readonly #home: string;
  readonly #clients: { destroy(): void }[] = [];

  private constructor(home: string, sandbox: Sandbox) {
    this.#home = home;
    this.directory = join(home, 'project');
    this.sandbox = sandbox;
  }

  /** A folder with the project and its AWS as they are when the command of the scene is given. */
  static async prepare({
    yaml,
    yamlBefore,
    files = {},
    bootstrapped,
    before,
    since = [],
    set,
  }: Scene): Promise<string> {
    const home = mkdtempSync(join(tmpdir(), 'platform-scene-'));
    const write = (path: string, text: string) => {
      mkdirSync(dirname(join(home, 'project', path)), { recursive: true });
      writeFileSync(join(home, 'project', path), text, { mode: 0o600 });
    };
    mkdirSync(join(home, 'project', '.git'), { recursive: true });
    for (const [path, text] of Object.entries({ Dockerfile: 'FROM scratch\n', ...files })) write(path, text);
    write('platform.yaml', yamlBefore ?? yaml);
    const stage = await Stage.#open(home);
    if (!bootstrapped) await bootstrapSandbox(stage.aws, { account: ACCOUNT });
    const run = async (words: readonly string[]) => {
      const { exitCode, stderr } = await stage.run(words);
      if (exitCode !== 0) throw new Error(`platform ${words.join(' ')} ended with ${exitCode}: ${stderr}`);
    };
    for (const words of before) await run(words);
    write('platform.yaml', yaml);
    for (const words of since) await run(words);
    await set?.(stage.aws);
    await stage.close({ keep: true });
    return home;
  }

  /** A copy of a prepared folder, to be spoiled. */
  static async copy(prepared: string): Promise<Stage> {
    const home = mkdtempSync(join(tmpdir(), 'platform-stage-'));
    cpSync(prepared, home, { recursive: true });
    return Stage.#open(home);
  }

  static async #open(home: string): Promise<Stage> {
    const directory = join(home, 'project', '.platform', 'sandbox');
    mkdirSync(directory, { recursive: true });
    const sandbox: Sandbox = await Sandbox.start({
      directory,
      speed: SPEED,
      routes: {
        [CONTROL_PATH]: (...given) =>
          controlRoute(TOKEN, { idleMinutes: 0 }, { sandbox: () => sandbox, stop: () => {} })(...given),
      },
    });
    // As the built program says it: a server of another build is told to make room, and is waited for.
    const { buildOfSandbox } = await import(join(REPOSITORY, 'dist', 'src', 'sandbox', 'build.js'));
    const server = { pid: process.pid, port: sandbox.port, token: TOKEN, build: buildOfSandbox() };
    writeFileSync(join(directory, 'server.json'), JSON.stringify(server), { mode: 0o600 });
    return new Stage(home, sandbox);
  }

  /** The account for whoever is not the program. */
  get aws(): Pick<RunningSandbox, 'client' | 'settle' | 'calls'> {
    return {
      client: (Client, as = {}) => {
        const client = new Client({
          ...this.connection(),
          ...(as.region ? { region: as.region } : {}),
          maxAttempts: 1,
        });
        this.#clients.push(client);
        return client;
      },
      settle: () => this.sandbox.world.settle(),
      calls: this.sandbox.calls,
    };
  }

  connection() {
    const { endpoint } = this.sandbox;
    const credentials = { accessKeyId: ownAccessKeyId(ACCOUNT), secretAccessKey: 'x' };
    return { endpoint, region: 'us-east-1', credentials };
  }

  /** One command line in a process of its own; with a point, killed there. */
  async run(words: readonly string[], killAt?: CallPoint): Promise<Ended> {
    const child = spawn(process.execPath, [BIN, ...words], {
      cwd: this.directory,
      env: {
        PATH: process.env.PATH,
        HOME: this.#home,
        NO_COLOR: '1',
        CDK_VALIDATION: 'false',
        JSII_DEPRECATED: 'quiet',
        PLATFORM_CONTAINER_ENGINE: 'none',
        NODE_COMPILE_CACHE: join(tmpdir(), 'platform-compile-cache'),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    if (killAt) this.sandbox.watcher = executioner(killAt, () => child.kill('SIGKILL'));
    const hangs = setTimeout(() => child.kill('SIGKILL'), HANGS_AFTER_MS);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve(code));
    });
    clearTimeout(hangs);
    delete this.sandbox.watcher;
    return { exitCode, stdout, stderr };
  }

  /** The calls of one uninterrupted run. */
  async callsOf(words: readonly string[]): Promise<{ ended: Ended; calls: { service: string; operation: string }[] }> {
    this.sandbox.calls.length = 0;
    const ended = await this.run(words);
    return { ended, calls: this.sandbox.calls.map(({ service, operation }) => ({ service, operation })) };
  }

  async close({ keep = false } = {}): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.sandbox.close();
    if (!keep) rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/** Ends the program at a call: nothing more of it is served, whatever it had under way beside. */
function executioner({ service, operation, nth, moment }: CallPoint, kill: () => void): CallWatcher {
  let [seen, dead] = [0, false];
  return {
    before(call) {
      if (dead) return 'cut';
      if (call.service !== service || call.operation !== operation) return undefined;
      seen += 1;
      if (moment !== 'before' || seen !== nth) return undefined;
      dead = true;
      kill();
      return 'cut';
    },
    after(call) {
      // What was being served when the program died has been done, and nobody hears of it.
      if (dead) return 'cut';
      if (moment !== 'after' || seen !== nth || call.service !== service || call.operation !== operation)
        return undefined;
      dead = true;
      kill();
      return 'cut';
    },
  };
}
