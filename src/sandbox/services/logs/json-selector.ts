import { invalidParameter } from './refusals.ts';

type Test = (event: unknown) => boolean;

/** `{ $.level = "error" && ($.status >= 500 || $.retry IS TRUE) }` */
export function jsonSelector(pattern: string): (message: string) => boolean {
  const inner = /^\{([\s\S]*)\}$/.exec(pattern)?.[1];
  if (inner === undefined) throw invalidParameter('Invalid filter pattern');
  const tokens = inner.match(TOKENS) ?? [];
  if (tokens.join('').replace(/\s/g, '') !== inner.replace(/\s/g, '')) throw invalidParameter('Invalid filter pattern');

  const parser = new Parser(tokens);
  const test = parser.either();
  if (!parser.atEnd) throw invalidParameter('Invalid filter pattern');
  return (message) => {
    const event = parse(message);
    return event !== undefined && test(event);
  };
}

const TOKENS =
  /&&|\|\||[()]|\$(?:\.[\w-]+|\[\d+\]|\["[^"]+"\])*|!=|<=|>=|=|<|>|"(?:[^"\\]|\\.)*"|%[^%]+%|[^\s&|()=!<>"]+/g;

function parse(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

class Parser {
  readonly #tokens: string[];
  #at = 0;

  constructor(tokens: string[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): Test {
    let test = this.both();
    while (this.#take('||')) {
      const [left, right] = [test, this.both()];
      test = (event) => left(event) || right(event);
    }
    return test;
  }

  both(): Test {
    let test = this.one();
    while (this.#take('&&')) {
      const [left, right] = [test, this.one()];
      test = (event) => left(event) && right(event);
    }
    return test;
  }

  one(): Test {
    if (this.#take('(')) {
      const test = this.either();
      if (!this.#take(')')) throw invalidParameter('Invalid filter pattern');
      return test;
    }
    const path = pathOf(this.#next());
    const operator = this.#next().toUpperCase();
    if (operator === 'NOT') {
      if (this.#next().toUpperCase() !== 'EXISTS') throw invalidParameter('Invalid filter pattern');
      return (event) => valueAt(event, path) === undefined;
    }
    if (operator === 'EXISTS') return (event) => valueAt(event, path) !== undefined;
    if (operator === 'IS') return literal(path, this.#next().toUpperCase());
    return comparison(path, operator, this.#next());
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw invalidParameter('Invalid filter pattern');
    this.#at += 1;
    return token;
  }
}

function pathOf(token: string): string[] {
  if (!token.startsWith('$')) throw invalidParameter('Invalid filter pattern');
  return [...token.matchAll(/\.([\w-]+)|\[(\d+)\]|\["([^"]+)"\]/g)].map(
    ([, key, index, quoted]) => (key ?? index ?? quoted)!,
  );
}

const valueAt = (event: unknown, path: string[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    event,
  );

function literal(path: string[], word: string): Test {
  const wanted = { TRUE: true, FALSE: false, NULL: null }[word];
  if (wanted === undefined) throw invalidParameter('Invalid filter pattern');
  return (event) => valueAt(event, path) === wanted;
}

function comparison(path: string[], operator: string, operand: string): Test {
  const isText = operand.startsWith('"') || operand.startsWith('%') || Number.isNaN(Number(operand));
  const text = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand;
  const equals = (value: unknown) =>
    isText ? typeof value === 'string' && textMatches(text, value) : Number(value) === Number(operand);
  switch (operator) {
    case '=':
      return (event) => {
        const value = valueAt(event, path);
        return value !== undefined && value !== null && equals(value);
      };
    case '!=':
      return (event) => {
        const value = valueAt(event, path);
        return value !== undefined && !equals(value);
      };
    case '<':
      return numeric(path, (value) => value < Number(operand));
    case '>':
      return numeric(path, (value) => value > Number(operand));
    case '<=':
      return numeric(path, (value) => value <= Number(operand));
    case '>=':
      return numeric(path, (value) => value >= Number(operand));
    default:
      throw invalidParameter('Invalid filter pattern');
  }
}

const numeric =
  (path: string[], holds: (value: number) => boolean): Test =>
  (event) => {
    const value = valueAt(event, path);
    return typeof value === 'number' && holds(value);
  };

/** `*` stands for any text; `%…%` is a regular expression. */
function textMatches(pattern: string, value: string): boolean {
  const expression = /^%(.+)%$/.exec(pattern)?.[1];
  if (expression !== undefined) return new RegExp(expression).test(value);
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 's').test(value);
}
