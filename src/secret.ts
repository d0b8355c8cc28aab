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

  /**
   * Takes the values of all of them out of texts of others, and the lines of those that have several; also as JSON and
   * addresses write them. The longest first: one may be the beginning of another. Short ones are words.
   */
  static hider(secrets: readonly Secret[]): (text: string) => string {
    const parts = secrets
      .flatMap((secret) => secret.#written().map((part) => ({ part, instead: secret.toString() })))
      .toSorted((one, other) => other.part.length - one.part.length);
    return (text) => parts.reduce((so, { part, instead }) => so.replaceAll(part, () => instead), text);
  }

  #written(): string[] {
    const value = this.#value;
    const forms = [value, ...value.split('\n'), JSON.stringify(value).slice(1, -1)];
    // Half of a pair is no text that an address could have.
    if (value.isWellFormed()) forms.push(encodeURIComponent(value));
    return [...new Set(forms.map((part) => part.trim()))].filter((part) => part.length >= SHORTEST_HIDDEN);
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
