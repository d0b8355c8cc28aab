import { redact, redactedLine } from '../../domain/redact.ts';

/** A sentence of AWS is longer than a line of a log ought to be, and shorter than this. */
const LONGEST = 2_000;
const MOST_ENTRIES = 5_000;
const DEEPEST = 16;

/** References of platform.yaml name secrets, and are none: `secret.app#API_KEY`. */
const REFERENCE = /^secret\.[\w-]+#[\w*-]+$/;
/** How names are made: `{project}/{env}/{name}`. */
const NAMING =
  /^(?:[\w./-]|\{(?:project|env|name|block)\})*\{(?:project|env|name|block)\}(?:[\w./-]|\{(?:project|env|name|block)\})*$/;

/**
 * The same document with every text on one line, bounded, and without what looks like a secret: by its shape, by the
 * name before it, or by the key that it stands under.
 */
export function redactedDeep<T>(value: T, mask: (text: string) => string = (text) => text): T {
  return walk(value, { mask, depth: 0 }) as T;
}

interface Walk {
  mask: (text: string) => string;
  depth: number;
  /** Under which it stands. */
  key?: string;
}

function walk(value: unknown, { mask, depth, key }: Walk): unknown {
  if (typeof value === 'string') return line(value, mask, key);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '…';
  // An entry of a list stands under the key of the list: `secrets: [a, b]`.
  if (Array.isArray(value))
    return value.slice(0, MOST_ENTRIES).map((one) => walk(one, { mask, depth: depth + 1, ...(key ? { key } : {}) }));
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .slice(0, MOST_ENTRIES)
      .map(([name, one]) => [redactedLine(mask(name), 200), walk(one, { mask, depth: depth + 1, key: name })]),
  );
}

function line(text: string, mask: (text: string) => string, key: string | undefined): string {
  if (REFERENCE.test(text) || (text.length < 200 && NAMING.test(text))) return text;
  // Cut before anything is searched in it: lines may have a megabyte.
  const shown = redactedLine(mask(text.slice(0, LONGEST * 4)), LONGEST);
  if (key === undefined || shown === '' || /\s/.test(shown)) return shown;
  const named = redact(`${key}=${shown}`);
  return named.startsWith(`${key}=`) ? named.slice(key.length + 1) : shown;
}
