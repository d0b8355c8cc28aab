import { inspect } from 'node:util';

const SHORTEST_HIDDEN = 6;

/** A value that must never be printed. `reveal` is the only way out, so a search finds every place it leaves. */
export class Secret {
  readonly name: string;
  readonly #value: string;

  constructor(name: string, value: string) {
    this.name = name;
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** A text of others with the value taken out of it, and the lines of one that has several. Short ones are words. */
  hideIn(text: string): string {
    const parts = [this.#value, ...(this.#value.includes('\n') ? this.#value.split('\n') : [])];
    return parts
      .map((part) => part.trim())
      .filter((part) => part.length >= SHORTEST_HIDDEN)
      .reduce((so, part) => so.replaceAll(part, this.toString()), text);
  }

  toString(): string {
    return `[secret ${this.name}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [inspect.custom](): string {
    return this.toString();
  }
}
