import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { World } from '../../../kernel/world.ts';
import { Instance } from './instance.ts';

/** Processes at once, over all functions: what is beyond waits for one. */
const MOST = 12;
const FOLDER = 'platform-functions-';
/** Real time after which a process that nobody needs ends. */
const IDLE_MS = 60_000;

export interface Wanted {
  /** What an instance has to have been started for. */
  key: string;
  version: string;
  memoryMiB: number;
  env(logStream: string, temporary: string): Record<string, string>;
  directory: string;
  /** For Node itself. */
  flags: readonly string[];
}

/** The processes of a world's functions. They end with it. */
export class Pool {
  readonly #instances = new Set<Instance>();
  readonly #root: string;
  #waiting: (() => void)[] = [];
  /** Calls under way, by function. */
  readonly running = new Map<string, number>();

  constructor(world: World) {
    removeLeftovers();
    // Not in the directory of the world: a project around it would lend functions its packages and its kind of modules.
    this.#root = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
    mkdirSync(this.temporary, { mode: 0o700 });
    mkdirSync(this.code, { mode: 0o700 });
    writeFileSync(join(this.#root, 'package.json'), '{}');
    world.closing.addEventListener('abort', () => this.#close());
  }

  /** Where unpacked archives are kept. */
  get code(): string {
    return join(this.#root, 'code');
  }

  private get temporary(): string {
    return join(this.#root, 'tmp');
  }

  /** An instance that waits for work, or a new one; calls beyond the bound wait. */
  async take(wanted: Wanted): Promise<Instance> {
    for (;;) {
      const idle = [...this.#instances].find((each) => each.isUsable && !each.isBusy && each.key === wanted.key);
      if (idle) return this.#use(idle);
      if (this.#instances.size < MOST || this.#evict()) return this.#use(this.#start(wanted));
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  give(instance: Instance): void {
    instance.isBusy = false;
    instance.lastUsed = performance.now();
    this.#waiting.shift()?.();
    setTimeout(() => {
      if (!instance.isBusy && performance.now() - instance.lastUsed >= IDLE_MS - 100) instance.kill();
    }, IDLE_MS).unref();
  }

  #use(instance: Instance): Instance {
    instance.isBusy = true;
    return instance;
  }

  #start({ key, version, memoryMiB, env, directory, flags }: Wanted): Instance {
    const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
    const id = createHash('sha256').update(randomUUID()).digest('hex').slice(0, 32);
    const temporary = join(this.temporary, id);
    mkdirSync(temporary, { mode: 0o700 });
    const logStream = `${day}/[${version}]${id}`;
    const instance = new Instance(key, logStream, {
      memoryMiB,
      env: env(logStream, temporary),
      directory,
      flags,
      onExit: () => {
        this.#instances.delete(instance);
        rmSync(temporary, { recursive: true, force: true });
        this.#waiting.shift()?.();
      },
    });
    this.#instances.add(instance);
    return instance;
  }

  /** Ends the idle one that was used longest ago. */
  #evict(): boolean {
    const idle = [...this.#instances].filter(({ isBusy }) => !isBusy).sort((a, b) => a.lastUsed - b.lastUsed)[0];
    idle?.kill();
    if (idle) this.#instances.delete(idle);
    return idle !== undefined;
  }

  #close(): void {
    for (const instance of this.#instances) instance.kill();
    rmSync(this.#root, { recursive: true, force: true });
  }
}

/** What servers have left behind that were killed. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = new RegExp(`^${FOLDER}(\\d+)-`).exec(name) ?? [];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const pools = new WeakMap<World, Pool>();

export function poolOf(world: World): Pool {
  const pool = pools.get(world) ?? new Pool(world);
  pools.set(world, pool);
  return pool;
}
