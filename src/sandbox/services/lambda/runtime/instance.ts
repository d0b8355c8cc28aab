import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FunctionError, InvokeMessage, RuntimeMessage } from './messages.ts';

export type Ending =
  | { kind: 'done'; body: string }
  | { kind: 'failed'; error: FunctionError; isInit?: boolean }
  | { kind: 'timeout' }
  | { kind: 'exited'; code: number | null; signal: NodeJS.Signals | null };

export interface LogLine {
  /** Absent for what was written past the console. */
  level?: string;
  text: string;
  at: number;
}

/** One process that runs one version of a function for one event after the other. */
export class Instance {
  readonly key: string;
  readonly logStream: string;
  lastUsed = 0;
  isBusy = false;
  isAlive = true;
  /** False as soon as it is to end. */
  isUsable = true;
  /** Largest resident size that it has told, in bytes. */
  rss = 0;
  readonly startedAt = performance.now();
  /** When it was last given an event. */
  calledAt = performance.now();
  /** Milliseconds until the handler was loaded. */
  initMs: number | undefined;
  readonly #child: ChildProcess;
  readonly #ready: Promise<Ending | undefined>;
  #settle: ((ending: Ending) => void) | undefined;
  #log: ((line: LogLine) => void) | undefined;
  #early: LogLine[] = [];

  constructor(
    key: string,
    logStream: string,
    {
      memoryMiB,
      env,
      directory,
      flags,
      onExit,
    }: {
      memoryMiB: number;
      env: Record<string, string>;
      directory: string;
      flags: readonly string[];
      onExit: () => void;
    },
  ) {
    this.key = key;
    this.logStream = logStream;
    this.#child = spawn(process.execPath, [...flags, `--max-old-space-size=${memoryMiB}`, program()], {
      cwd: directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let settled: ((ending: Ending | undefined) => void) | undefined;
    this.#ready = new Promise((resolve) => {
      settled = resolve;
    });
    this.#child.on('message', (message: RuntimeMessage) => {
      if (message.kind === 'ready') {
        this.initMs = performance.now() - this.startedAt;
        settled!(undefined);
      } else if (message.kind === 'init-error') settled!({ kind: 'failed', error: message.error, isInit: true });
      else this.#hear(message);
    });
    for (const stream of [this.#child.stdout!, this.#child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => {
        for (const line of text.split('\n')) if (line !== '') this.#say({ text: line, at: Date.now() });
      });
    const ended = (code: number | null, signal: NodeJS.Signals | null) => {
      if (!this.isAlive) return;
      this.isAlive = false;
      this.isUsable = false;
      const ending: Ending = { kind: 'exited', code, signal };
      settled!(ending);
      this.#settle?.(ending);
      onExit();
    };
    this.#child.on('exit', ended);
    this.#child.on('error', () => ended(null, null));
  }

  /** Hands over an event and waits for its end, or for its time to run out. The log hears what is written meanwhile. */
  async run(message: InvokeMessage, timeoutMs: number, log: (line: LogLine) => void): Promise<Ending> {
    this.#log = log;
    for (const line of this.#early.splice(0)) log(line);
    const failed = await this.#ready;
    if (failed) {
      this.kill();
      return failed;
    }
    this.calledAt = performance.now();
    const ending = await new Promise<Ending>((resolve) => {
      const timer = setTimeout(() => resolve({ kind: 'timeout' }), timeoutMs);
      this.#settle = (end) => {
        clearTimeout(timer);
        resolve(end);
      };
      if (this.isAlive) this.#child.send({ ...message, deadline: Date.now() + timeoutMs }, () => undefined);
      else this.#settle({ kind: 'exited', code: null, signal: null });
    });
    this.#settle = undefined;
    this.#log = undefined;
    if (ending.kind === 'timeout') this.kill();
    return ending;
  }

  kill(): void {
    this.isUsable = false;
    this.#child.kill('SIGKILL');
  }

  #hear(message: RuntimeMessage): void {
    if (message.kind === 'log') this.#say({ level: message.level, text: message.text, at: Date.now() });
    if (message.kind !== 'done' && message.kind !== 'failed') return;
    this.rss = Math.max(this.rss, message.rss);
    const settle = this.#settle;
    this.#settle = undefined;
    if (message.kind === 'done') settle?.({ kind: 'done', body: message.body });
    else settle?.({ kind: 'failed', error: message.error });
    if (message.kind === 'failed' && message.fatal) this.kill();
  }

  #say(line: LogLine): void {
    if (this.#log) this.#log(line);
    else this.#early.push(line);
  }
}

/** Compiled or not, the program lies beside this file in the same form. */
function program(): string {
  const beside = fileURLToPath(new URL('./bootstrap.ts', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('./bootstrap.js', import.meta.url));
}
