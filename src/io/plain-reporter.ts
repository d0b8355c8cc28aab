import { cleanText } from '../domain/clean-text.ts';
import type { Reporter, Row, Tree } from './reporter.ts';
import type { Surroundings } from './surroundings.ts';

export interface ReporterOptions {
  readonly debug: boolean;
  readonly dryRun: boolean;
}

/** Lines that follow each other, for pipes and CI: a detail is printed only when it changed. */
export class PlainReporter implements Reporter {
  readonly #surroundings: Pick<Surroundings, 'stdout' | 'stderr'>;
  readonly #options: ReporterOptions;

  constructor(surroundings: Pick<Surroundings, 'stdout' | 'stderr'>, options: ReporterOptions) {
    this.#surroundings = surroundings;
    this.#options = options;
  }

  async step<T>(title: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    this.#line(`- ${title}`);
    let shown = '';
    return work((detail) => {
      if (detail !== shown) this.#line(`  ${detail}`);
      shown = detail;
    });
  }

  async tree<T>(title: string, work: (tree: Tree) => Promise<T>): Promise<T> {
    this.#line(`- ${title}`);
    const shown = new Map<string, string>();
    return work({
      row: (id, row) => {
        const line = rowLine(row);
        if (row.state !== 'waiting' && shown.get(id) !== line) this.#line(line);
        shown.set(id, line);
      },
    });
  }

  note(text: string): void {
    this.#line(this.#options.dryRun ? `dry run: ${text}` : text);
  }

  warn(text: string): void {
    this.#line(`warning: ${text}`);
  }

  line(text: string): void {
    this.#surroundings.stdout.write(`${cleanText(text)}\n`);
  }

  debug(text: string): void {
    if (this.#options.debug) this.#line(`debug: ${text}`);
  }

  result(text: string, _data: unknown): void {
    if (text !== '') this.#surroundings.stdout.write(`${cleanText(text)}\n`);
  }

  #line(text: string): void {
    this.#surroundings.stderr.write(`${cleanText(text)}\n`);
  }
}

const rowLine = ({ title, state, detail, parent }: Row): string =>
  `${parent === undefined ? '  ' : '    '}${title}: ${state}${detail ? `, ${detail}` : ''}`;
