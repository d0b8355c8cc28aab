import type { Sink } from './surroundings.ts';

/**
 * The last lines of a terminal, drawn over as they change. Everything printed meanwhile goes above them.
 * A window that became narrower has wrapped the lines drawn before, so how far to go up is computed from their length.
 */
export class LiveRegion {
  readonly #sink: Sink;
  readonly #lines: () => string[];
  #drawn: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #paused = false;

  /** `lines` is asked at each drawing; escape sequences in them may only be those that take no room. */
  constructor(sink: Sink, lines: () => string[]) {
    this.#sink = sink;
    this.#lines = lines;
  }

  start(): void {
    if (this.#timer) return;
    this.#timer = setInterval(() => this.draw(), 100);
    this.#timer.unref();
    this.#sink.write('\u001b[?25l');
    this.draw();
  }

  /** Takes the lines away; what should stay is printed by the owner. */
  stop(): void {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#sink.write(`${this.#erase()}\u001b[?25h`);
  }

  draw(): void {
    if (!this.#timer || this.#paused) return;
    const width = Math.max(1, this.#sink.columns() - 1);
    const erase = this.#erase();
    this.#drawn = clip(this.#lines(), this.#sink.rows() - 2).map((line) => cut(line, width));
    this.#sink.write(`${erase}${this.#drawn.map((line) => `${line}\n`).join('')}`);
  }

  /** Prints above the region. */
  print(text: string): void {
    this.#sink.write(`${this.#erase()}${text}`);
    this.draw();
  }

  /** Gives the terminal to somebody else, a question for example. */
  pause(): void {
    this.#paused = true;
    this.#sink.write(`${this.#erase()}\u001b[?25h`);
  }

  resume(): void {
    this.#paused = false;
    if (this.#timer) this.#sink.write('\u001b[?25l');
    this.draw();
  }

  #erase(): string {
    const columns = Math.max(1, this.#sink.columns());
    const rows = this.#drawn.reduce((sum, line) => sum + Math.max(1, Math.ceil(visibleLength(line) / columns)), 0);
    this.#drawn = [];
    return rows === 0 ? '' : `\u001b[${rows}A\r\u001b[J`;
  }
}

const STYLES = /\u001b\[\d+m/g;

/** East Asian wide and full-width characters take two columns; those beyond the first plane count two by themselves. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;

const visibleLength = (line: string): number => line.replace(STYLES, '').replace(WIDE, 'xx').length;

/** Cuts to so many visible characters, keeping the sequences that end a style. */
export function cut(line: string, width: number): string {
  if (visibleLength(line) <= width) return line;
  let room = Math.max(0, width - 1);
  const kept = line.split(/(\u001b\[\d+m)/).map((part) => {
    if (/^\u001b\[\d+m$/.test(part)) return part;
    let piece = '';
    for (const character of part) {
      const width = visibleLength(character);
      if (width > room) {
        room = 0;
        break;
      }
      piece += character;
      room -= width;
    }
    return piece;
  });
  return `${kept.join('')}…`;
}

const clip = (lines: string[], rows: number): string[] =>
  lines.length <= rows || rows < 2 ? lines : [...lines.slice(0, rows - 1), `… and ${lines.length - rows + 1} more`];
