import { AwsFault } from '../../../kernel/fault.ts';

export type Token =
  | { kind: 'name' | 'text' | 'symbol'; text: string }
  | { kind: 'number'; text: string; unit: string }
  | { kind: 'pattern'; pattern: RegExp };

/** In the sandbox's own words: AWS's tell line and position. */
export const malformed = (why: string): AwsFault => new AwsFault('MalformedQueryException', why);

const TOKEN =
  /\s+|#[^\n]*|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`([^`]+)`|(\d+(?:\.\d+)?)([a-z]*)|(@?[A-Za-z_][\w.@-]*)|(!=|<=|>=|=~|[-|,()[\]=<>*+/^%])/y;

/** A `/` begins a pattern behind `like` and `=~` alone; elsewhere it divides. */
const BEFORE_PATTERN = /^(like|=~)$/i;

export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    const last = tokens.at(-1);
    if (query[at] === '/' && last && 'text' in last && BEFORE_PATTERN.test(last.text)) {
      const end = endOfPattern(query, at + 1);
      tokens.push({ kind: 'pattern', pattern: patternOf(query.slice(at + 1, end)) });
      at = end + 1;
      continue;
    }
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(query);
    if (!found) throw malformed(`unexpected symbol found ${query[at]} at position ${at}`);
    at = TOKEN.lastIndex;
    const [, double, single, quoted, number, unit = '', name, symbol] = found;
    const text = double ?? single;
    if (text !== undefined) tokens.push({ kind: 'text', text: text.replaceAll(/\\(.)/g, '$1') });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, unit });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
    else if (quoted !== undefined || name !== undefined) tokens.push({ kind: 'name', text: quoted ?? name! });
  }
  return tokens;
}

function endOfPattern(query: string, from: number): number {
  for (let at = from; at < query.length; at += 1) {
    if (query[at] === '\\') at += 1;
    else if (query[at] === '/') return at;
  }
  throw malformed('a regular expression has no end');
}

/** `(?i)` at the beginning is a flag in JavaScript. */
function patternOf(source: string): RegExp {
  const [, flags = '', rest = ''] = /^(?:\(\?([ims]+)\))?([\s\S]*)$/.exec(source)!;
  try {
    return new RegExp(rest, flags);
  } catch {
    throw malformed(`the regular expression /${source}/ is none`);
  }
}
