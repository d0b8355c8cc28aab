/** One `KEY=value` of an env file. */
export interface DotenvEntry {
  key: string;
  value: string;
  /** One-based, where its key stands. */
  line: number;
  /** `KEY=""` is empty on purpose; `KEY=` says that nobody has filled it in yet. */
  quoted: boolean;
}

/** What cannot be read. Names the place and the key, never what stands there: it may be a secret. */
export interface DotenvProblem {
  line: number;
  key?: string;
  message: string;
  remedy: string;
}

export interface Dotenv {
  entries: DotenvEntry[];
  problems: DotenvProblem[];
}

/** Blanks, `export`, the key, `=`, blanks. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_.-]*)[ \t]*=([ \t]*)/;
const QUOTES = ['"', "'", '`'];
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * Reads an env file as the dotenv package does (https://github.com/motdotla/dotenv#what-rules-does-the-parsing-engine-follow),
 * and refuses what tools read differently: there a part of a secret would be lost silently. Double quotes know the
 * escapes `\n \r \t \" \\`; single quotes and backticks mean what stands between them. One pass, never throws.
 */
export function parseDotenv(source: string): Dotenv {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const found: Dotenv = { entries: [], problems: [] };
  const lineOf = new Map<string, number>();
  let line = 1;
  let position = 0;
  while (position < text.length) {
    const end = endOfLine(text, position);
    const item = readItem(text, position, end);
    const next = Math.max(item.end, end) + 1;
    if ('problem' in item) found.problems.push({ line, ...item.problem });
    else if ('key' in item) {
      const { key, value, quoted } = item;
      const before = lineOf.get(key);
      if (before === undefined) {
        lineOf.set(key, line);
        found.entries.push({ key, value, line, quoted });
      } else found.problems.push({ line, key, ...duplicate(key, before, line) });
    }
    line += lineBreaks(text, position, next);
    position = next;
  }
  return found;
}

type Item =
  /** Nothing but blanks or a comment. */
  | { end: number }
  | { end: number; key: string; value: string; quoted: boolean }
  | { end: number; problem: Omit<DotenvProblem, 'line'> };

/** What begins at `start`, in the line that ends at `end`; it may end in a later line. */
function readItem(text: string, start: number, end: number): Item {
  const line = text.slice(start, end);
  const content = line.trimStart();
  if (content === '' || content.startsWith('#')) return { end };
  const match = ASSIGNMENT.exec(line);
  if (!match) return { end, problem: NO_ASSIGNMENT };
  const key = match[1]!;
  const valueStart = start + match[0].length;
  const quote = text[valueStart] ?? '';
  if (QUOTES.includes(quote)) return readQuoted(text, { key, quote, start: valueStart + 1 });
  return readPlain(text, { key, start: valueStart, end, blankBefore: match[2] !== '' });
}

function readQuoted(text: string, { key, quote, start }: { key: string; quote: string; start: number }): Item {
  const close = quote === '"' ? closingDoubleQuote(text, start) : text.indexOf(quote, start);
  // What follows is inside the quote as far as anybody can tell, so nothing more is read.
  if (close < 0) return { end: text.length, problem: { key, ...unterminated(key, quote) } };
  const end = endOfLine(text, close);
  const after = text.slice(close + 1, end).trim();
  if (after !== '' && !after.startsWith('#')) return { end, problem: { key, ...textAfterQuote(key) } };
  const inner = text.slice(start, close);
  const value = quote === '"' ? inner.replace(/\\([nrt"\\])/g, (_, letter: string) => ESCAPES[letter]!) : inner;
  if (value.includes('\0')) return { end, problem: { key, ...nullCharacter(key) } };
  return { end, key, value, quoted: true };
}

/** A backslash takes the character after it along. */
function closingDoubleQuote(text: string, start: number): number {
  for (let position = start; position < text.length; position += 1) {
    if (text[position] === '\\') position += 1;
    else if (text[position] === '"') return position;
  }
  return -1;
}

interface PlainPlace {
  key: string;
  start: number;
  end: number;
  blankBefore: boolean;
}

function readPlain(text: string, { key, start, end, blankBefore }: PlainPlace): Item {
  const rest = text.slice(start, end);
  // Its further lines look like anything, keys among them: none of them may be read, or named in a message.
  if (rest.startsWith('-----BEGIN ') && !rest.includes('-----END ')) {
    const last = text.indexOf('-----END ', end);
    const after = last < 0 ? text.length : endOfLine(text, last);
    return { end: after, problem: { key, ...severalLines(key) } };
  }
  const hash = rest.indexOf('#');
  const comment = hash > 0 ? /\s/.test(rest[hash - 1]!) : hash === 0 && blankBefore;
  if (hash >= 0 && !comment) return { end, problem: { key, ...hashInValue(key) } };
  const value = (hash < 0 ? rest : rest.slice(0, hash)).trim();
  if (value.includes('\0')) return { end, problem: { key, ...nullCharacter(key) } };
  return { end, key, value, quoted: false };
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from);
  return found < 0 ? text.length : found;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

const NO_ASSIGNMENT = {
  message: 'this line is no KEY=value and no comment',
  remedy: 'write KEY=value, put # before a comment, and quotes around a value of several lines',
};

const duplicate = (key: string, before: number, line: number) => ({
  message: `${key} stands in line ${before} and in line ${line}`,
  remedy: 'keep one of the two: tools differ on which one counts',
});

const unterminated = (key: string, quote: string) => ({
  message: `the value of ${key} begins with ${quote} and never ends`,
  remedy: `close it with ${quote}, or put other quotes around the whole value`,
});

const textAfterQuote = (key: string) => ({
  message: `something stands after the closing quote of ${key}`,
  remedy: 'put quotes that do not occur in the value around the whole of it; a comment begins with #',
});

const hashInValue = (key: string) => ({
  message: `a # stands in the value of ${key} without quotes, and tools differ on whether a comment begins there`,
  remedy: `put single quotes around the value of ${key}, or a blank before the comment`,
});

const severalLines = (key: string) => ({
  message: `the value of ${key} goes over several lines without quotes`,
  remedy: `put double quotes before -----BEGIN and after the last -----, or write ${key}=file:<path>`,
});

const nullCharacter = (key: string) => ({
  message: `the value of ${key} holds a null character, which no environment variable can`,
  remedy: 'encode it, in base64 for example',
});
