import { malformed, type Token } from './tokens.ts';

/** The tokens of a query, read from the left. */
export class Words {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get ended(): boolean {
    return this.#at >= this.#tokens.length;
  }

  next(): Token | undefined {
    this.#at += 1;
    return this.#tokens[this.#at - 1];
  }

  /** Whether a word or a sign comes next; words are told apart by their letters alone. */
  sees(text: string): boolean {
    const token = this.#tokens[this.#at];
    return (token?.kind === 'name' || token?.kind === 'symbol') && token.text.toLowerCase() === text;
  }

  takes(text: string): boolean {
    const is = this.sees(text);
    if (is) this.#at += 1;
    return is;
  }

  takesOne<T extends string>(...texts: T[]): T | undefined {
    return texts.find((text) => this.takes(text));
  }

  expect(text: string): void {
    if (!this.takes(text)) throw malformed(`${text} was expected, not ${this.shown(this.#tokens[this.#at])}`);
  }

  name(): string {
    const token = this.next();
    if (token?.kind !== 'name') throw malformed(`a name was expected, not ${this.shown(token)}`);
    return token.text;
  }

  /** Parts between signs, with commas. */
  list<T>(open: string, close: string, part: () => T): T[] {
    this.expect(open);
    const parts = [part()];
    while (this.takes(',')) parts.push(part());
    this.expect(close);
    return parts;
  }

  shown(token: Token | undefined): string {
    if (!token) return 'the end';
    return token.kind === 'pattern' ? String(token.pattern) : token.text;
  }
}
