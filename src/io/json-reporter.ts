import { cleanText } from '../domain/clean-text.ts';
import { PlainReporter } from './plain-reporter.ts';
import type { Reporter, Tree } from './reporter.ts';
import type { Surroundings } from './surroundings.ts';

/** `--json`: exactly one document on stdout, written by `finish`; progress is plain lines on stderr. */
export class JsonReporter implements Reporter {
  readonly #plain: PlainReporter;
  readonly #surroundings: Pick<Surroundings, 'stdout' | 'stderr'>;
  #data: unknown;

  constructor(surroundings: Pick<Surroundings, 'stdout' | 'stderr'>, options: { debug: boolean; dryRun: boolean }) {
    this.#plain = new PlainReporter(surroundings, options);
    this.#surroundings = surroundings;
  }

  step<T>(title: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    return this.#plain.step(title, work);
  }

  tree<T>(title: string, work: (tree: Tree) => Promise<T>): Promise<T> {
    return this.#plain.tree(title, work);
  }

  note(text: string): void {
    this.#plain.note(text);
  }

  warn(text: string): void {
    this.#plain.warn(text);
  }

  line(text: string): void {
    this.#surroundings.stderr.write(`${cleanText(text)}\n`);
  }

  debug(text: string): void {
    this.#plain.debug(text);
  }

  result(_text: string, data: unknown): void {
    this.#data = data;
  }

  /** A command that failed after its result (findings of `validate`) has both in the one document. */
  finish(error?: Record<string, unknown>): void {
    if (this.#data === undefined && error === undefined) return;
    const document = error === undefined ? this.#data : { ...(this.#data as object | undefined), error };
    this.#surroundings.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }
}
