import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Sees to it that what really runs is stopped when the server is killed. */
export class Guard {
  readonly #directory: string;
  #keeper: ChildProcess | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** From the first real thing on; most sandboxes have none. */
  begin(): void {
    if (this.#keeper) return;
    const words = [program(), '--directory', this.#directory];
    this.#keeper = spawn(process.execPath, words, { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#keeper.on('error', () => undefined);
    this.#keeper.unref();
    (this.#keeper.stdin as unknown as { unref(): void }).unref();
  }

  /** The server ends in order. */
  end(): void {
    this.#keeper?.kill();
    this.#keeper = undefined;
  }
}

/** Compiled or not, the program lies beside this file in the same form. */
function program(): string {
  const beside = fileURLToPath(new URL('./keeper.ts', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('./keeper.js', import.meta.url));
}
