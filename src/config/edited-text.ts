import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, type Pair, parseDocument, stringify, type YAMLMap } from 'yaml';

/**
 * The text of a YAML file with another value at a path: every other byte stays as somebody wrote it, comments too.
 * Undefined where that cannot be written in place, behind an alias for example.
 */
export function editedText(text: string, path: readonly string[], value: unknown): string | undefined {
  const wanted = withValue(parseDocument(text).toJS(), path, value);
  if (isDeepStrictEqual(parseDocument(text).toJS(), wanted)) return text;
  const edited = splice(text, path, value);
  if (edited === undefined) return undefined;
  const document = parseDocument(edited);
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), wanted) ? edited : undefined;
}

function splice(text: string, path: readonly string[], value: unknown): string | undefined {
  let node: unknown = parseDocument(text).contents;
  for (const [depth, key] of path.entries()) {
    if (!isMap(node)) return isScalar(node) ? replaced(text, node.range, nested(path.slice(depth), value)) : undefined;
    const pair: Pair | undefined = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
    if (!pair) return inserted(text, node, `${flow(key)}: ${flow(nested(path.slice(depth + 1), value))}`);
    node = pair.value;
  }
  const { range } = (node ?? {}) as { range?: Range | null };
  return replaced(text, range, value);
}

type Range = [start: number, valueEnd: number, nodeEnd: number];

function replaced(text: string, range: Range | null | undefined, value: unknown): string | undefined {
  if (!range) return undefined;
  const [start, end] = range;
  const old = text.slice(start, end);
  // A value that is not written at all has its place right behind the colon.
  const space = old === '' && text[start - 1] === ':' ? ' ' : '';
  const [trailing = ''] = /\s*$/.exec(old) ?? [];
  return `${text.slice(0, start)}${space}${flow(value)}${trailing}${text.slice(end)}`;
}

/** As the first entry: where a map begins is known exactly, and where it ends depends on comments. */
function inserted(text: string, { range, items }: YAMLMap, entry: string): string | undefined {
  if (!range) return undefined;
  const [start] = range;
  if (text[start] === '{')
    return `${text.slice(0, start + 1)} ${entry}${items.length > 0 ? ',' : ' '}${text.slice(start + 1)}`;
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);
  return `${text.slice(0, start)}${entry}\n${' '.repeat(column)}${text.slice(start)}`;
}

const nested = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trim();

function withValue(whole: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  const map = typeof whole === 'object' && whole !== null && !Array.isArray(whole) ? whole : {};
  const inside = Object.hasOwn(map, key) ? (map as Record<string, unknown>)[key] : undefined;
  return { ...map, [key]: withValue(inside, rest, value) };
}
