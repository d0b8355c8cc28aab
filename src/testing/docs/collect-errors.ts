import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CollectedError {
  id: string;
  kind: string;
  message: string;
  remedy: string;
  /** Path below `src`, for finding where an id is used twice. */
  file: string;
}

const SRC = join(import.meta.dirname, '..', '..');

/** Every `new PlatformError({…})` of the product, with its texts; values that are filled in stand in angle brackets. */
export function collectErrors(): CollectedError[] {
  const files = (readdirSync(SRC, { recursive: true }) as string[]).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/^(testing|sandbox)[\\/]/.test(file),
  );
  return files
    .sort()
    .flatMap((file) => errorsIn(readFileSync(join(SRC, file), 'utf8'), file))
    .sort((a, b) => a.id.localeCompare(b.id));
}

function errorsIn(source: string, file: string): CollectedError[] {
  const constructed = [...source.matchAll(/new PlatformError\(\{/g)].flatMap(({ index }) => {
    const fields = fieldsAt(source, index + 'new PlatformError('.length);
    // A text that a variable holds depends on the case.
    const text = (name: string) => (fields.has(name) ? literalsOf(fields.get(name)!).join(' / ') || '…' : '');
    return literalsOf(fields.get('id') ?? '').map((id) => ({
      id,
      kind: text('kind'),
      message: text('message'),
      remedy: text('remedy'),
      file,
    }));
  });
  const tables = [...source.matchAll(/ERROR_IDS: Record<string, string> = \{([^}]*)\}/g)].flatMap(([, body = '']) =>
    [...body.matchAll(/: '([a-z0-9-]+)'/g)].map(([, id]) => ({
      id: id!,
      kind: 'usage',
      message: 'The command line cannot be read',
      remedy: '--help shows what is possible',
      file,
    })),
  );
  return [...constructed, ...tables];
}

/** The source text of each field of the object literal that begins at the offset. */
function fieldsAt(source: string, offset: number): Map<string, string> {
  const fields = new Map<string, string>();
  let start = offset + 1;
  const add = (end: number) => {
    const [, name, value = ''] = /^\s*(\w+)\s*(?::\s*([\s\S]*))?$/.exec(source.slice(start, end).trim()) ?? [];
    if (name !== undefined) fields.set(name, value);
    start = end + 1;
  };
  let depth = 0;
  for (let index = offset; index < source.length; index++) {
    const character = source[index]!;
    if (character === "'" || character === '"' || character === '`') index = endOfString(source, index);
    else if ('{[('.includes(character)) depth += 1;
    else if ('}])'.includes(character) && --depth === 0) {
      add(index);
      break;
    } else if (character === ',' && depth === 1) add(index);
  }
  return fields;
}

/** Index of the closing quote. */
function endOfString(source: string, start: number): number {
  const quote = source[start];
  for (let index = start + 1; index < source.length; index++) {
    if (source[index] === '\\') index += 1;
    else if (source[index] === quote) return index;
    else if (quote === '`' && source.startsWith('${', index)) index = endOfHole(source, index + 1);
  }
  return source.length;
}

/** Index of the brace that closes `${`. */
function endOfHole(source: string, start: number): number {
  let depth = 0;
  for (let index = start; index < source.length; index++) {
    const character = source[index]!;
    if (character === "'" || character === '"' || character === '`') index = endOfString(source, index);
    else if (character === '{') depth += 1;
    else if (character === '}' && --depth === 0) return index;
  }
  return source.length;
}

/** The string literals of an expression, with holes as `<name>`. */
function literalsOf(expression: string): string[] {
  const found: string[] = [];
  for (let index = 0; index < expression.length; index++) {
    const character = expression[index]!;
    if (character !== "'" && character !== '"' && character !== '`') continue;
    const end = endOfString(expression, index);
    const before = expression.slice(0, index).trimEnd();
    // What a condition compares with is no text.
    const compared = /[=!]==?$|\($|\[$|,$/.test(before) && !before.endsWith('?') && character !== '`';
    if (!compared) found.push(plainText(expression.slice(index + 1, end), character));
    index = end;
  }
  return found;
}

function plainText(text: string, quote: string): string {
  let plain = '';
  for (let index = 0; index < text.length; index++) {
    if (quote === '`' && text.startsWith('${', index)) {
      const end = endOfHole(text, index + 1);
      plain += `<${holeName(text.slice(index + 2, end))}>`;
      index = end;
    } else if (text[index] === '\\') {
      plain += text[index + 1] === 'n' ? '\n' : (text[index + 1] ?? '');
      index += 1;
    } else plain += text[index];
  }
  return plain;
}

const holeName = (expression: string): string => /(\w+)(?:\(.*\))?$/.exec(expression.trim())?.[1] ?? '…';
