import { cleanText } from '../domain/clean-text.ts';
import { LiveRegion } from './live-region.ts';
import type { Reporter, Row, RowState, Tree } from './reporter.ts';
import type { Style } from './style.ts';
import type { Surroundings } from './surroundings.ts';

interface LiveRow extends Row {
  startedAt: number;
  endedAt?: number;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;

/** For a person: what is under way is drawn live, what is done stays as a line. */
export class TerminalReporter implements Reporter {
  readonly #surroundings: Pick<Surroundings, 'stdout' | 'stderr'>;
  readonly #style: Style;
  readonly #options: { debug: boolean; dryRun: boolean };
  readonly #region: LiveRegion;
  /** Steps and trees under way, in the order they began. */
  readonly #blocks = new Set<Map<string, LiveRow>>();

  constructor(
    surroundings: Pick<Surroundings, 'stdout' | 'stderr'>,
    options: { debug: boolean; dryRun: boolean; style: Style },
  ) {
    this.#surroundings = surroundings;
    this.#options = options;
    this.#style = options.style;
    this.#region = new LiveRegion(surroundings.stderr, () => [...this.#blocks].flatMap((rows) => this.#draw(rows)));
  }

  step<T>(title: string, work: (update: (detail: string) => void) => Promise<T>): Promise<T> {
    return this.#block(title, (_rows, update) => work((detail) => update({ detail })));
  }

  tree<T>(title: string, work: (tree: Tree) => Promise<T>): Promise<T> {
    return this.#block(title, (rows) =>
      work({
        row: (id, row) => {
          const before = rows.get(`row:${id}`);
          const now = Date.now();
          const startedAt = before && before.state !== 'waiting' ? before.startedAt : now;
          const over = row.state !== 'running' && row.state !== 'waiting';
          rows.set(`row:${id}`, {
            ...row,
            parent: row.parent === undefined ? 'title' : `row:${row.parent}`,
            startedAt,
            ...(over ? { endedAt: before?.endedAt ?? now } : {}),
          });
        },
      }),
    );
  }

  note(text: string): void {
    this.#print(this.#options.dryRun ? `${this.#style.yellow('dry run:')} ${cleanText(text)}` : cleanText(text));
  }

  warn(text: string): void {
    this.#print(`${this.#style.yellow('warning:')} ${cleanText(text)}`);
  }

  line(text: string): void {
    this.#region.pause();
    this.#surroundings.stdout.write(`${cleanText(text)}\n`);
    this.#region.resume();
  }

  debug(text: string): void {
    if (this.#options.debug) this.#print(this.#style.dim(`debug: ${cleanText(text)}`));
  }

  result(text: string, _data: unknown): void {
    if (text === '') return;
    this.#region.pause();
    this.#surroundings.stdout.write(`${cleanText(text)}\n`);
    this.#region.resume();
  }

  /** Runs a question with the drawing held back. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    this.#region.pause();
    try {
      return await work();
    } finally {
      this.#region.resume();
    }
  }

  /** Gives the terminal back as it was: before leaving with work under way. */
  close(): void {
    this.#region.stop();
  }

  async #block<T>(
    title: string,
    work: (rows: Map<string, LiveRow>, update: (change: Partial<Row>) => void) => Promise<T>,
  ): Promise<T> {
    const top: LiveRow = { title, state: 'running', startedAt: Date.now() };
    const rows = new Map<string, LiveRow>([['title', top]]);
    this.#blocks.add(rows);
    this.#region.start();
    try {
      const answer = await work(rows, (change) => Object.assign(top, change));
      // Some report what has failed when all is over: the title says no better of it than its rows.
      this.#finish(rows, [...rows.values()].some(({ state }) => state === 'failed') ? 'failed' : 'done');
      return answer;
    } catch (error) {
      this.#finish(rows, 'failed');
      throw error;
    }
  }

  #finish(rows: Map<string, LiveRow>, state: RowState): void {
    Object.assign(rows.get('title')!, { state, endedAt: Date.now() });
    this.#blocks.delete(rows);
    const lines = this.#draw(
      rows,
      ({ parent, state: rowState }) => parent === undefined || parent === 'title' || rowState === 'failed',
    );
    this.#region.print(lines.map((line) => `${line}\n`).join(''));
    if (this.#blocks.size === 0) this.#region.stop();
  }

  #print(text: string): void {
    this.#region.print(`${text}\n`);
  }

  #draw(rows: ReadonlyMap<string, LiveRow>, wanted: (row: LiveRow) => boolean = () => true): string[] {
    const under = new Map<string | undefined, string[]>();
    for (const [id, { parent }] of rows) {
      const known = parent !== undefined && rows.has(parent) ? parent : id === 'title' ? undefined : 'title';
      under.set(known, [...(under.get(known) ?? []), id]);
    }
    const lines = (id: string, depth: number): string[] => {
      const row = rows.get(id)!;
      return [
        ...(wanted(row) ? [this.#line(row, depth)] : []),
        ...(under.get(id) ?? []).flatMap((child) => lines(child, depth + 1)),
      ];
    };
    return lines('title', 0);
  }

  #line({ title, state, detail, progress, startedAt, endedAt }: LiveRow, depth: number): string {
    const { dim } = this.#style;
    const seconds = Math.round(((endedAt ?? Date.now()) - startedAt) / 1000);
    const elapsed = state === 'waiting' || state === 'skipped' || seconds < 1 ? '' : dim(` ${clockTime(seconds)}`);
    const text = `${oneLine(title)}${progress && state === 'running' ? dim(` ${progress}`) : ''}${detail ? dim(`  ${oneLine(detail)}`) : ''}`;
    return `${'  '.repeat(depth)}${this.#mark(state)} ${text}${elapsed}`;
  }

  #mark(state: RowState): string {
    const { red, green, yellow, dim } = this.#style;
    switch (state) {
      case 'done':
        return green('✔');
      case 'failed':
        return red('✖');
      case 'skipped':
        return dim('-');
      case 'waiting':
        return dim('·');
      case 'running':
        return yellow(FRAMES[Math.floor(Date.now() / FRAME_MS) % FRAMES.length]!);
    }
  }
}

const oneLine = (text: string): string => cleanText(text).replace(/\s+/g, ' ').trim();
const clockTime = (seconds: number): string =>
  seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${String(seconds % 60).padStart(2, '0')}s`;
