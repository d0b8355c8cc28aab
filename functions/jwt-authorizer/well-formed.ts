import { hasDuplicateKeys } from './duplicate-keys.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether this is a signed token in its one spelling, before any key is looked for. */
export function isWellFormed(token: string, mostBytes: number): boolean {
  if (token.length > mostBytes) return false;
  const parts = token.split('.');
  // A third part that is empty is a token without a signature.
  if (parts.length !== 3 || !parts.every(isCanonical)) return false;
  return isObject(parts[0]!) && isObject(parts[1]!);
}

/** Base64url leaves bits over at the end, so one value may be written in several ways; only the usual one is taken. */
const isCanonical = (part: string): boolean =>
  part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part;

function isObject(part: string): boolean {
  try {
    const text = UTF8.decode(Buffer.from(part, 'base64url'));
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !hasDuplicateKeys(text);
  } catch {
    return false;
  }
}
