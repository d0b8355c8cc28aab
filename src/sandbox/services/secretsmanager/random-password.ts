import { randomInt } from 'node:crypto';
import { invalidParameter } from './refusals.ts';

export interface PasswordOptions {
  PasswordLength?: number | undefined;
  ExcludeCharacters?: string | undefined;
  ExcludeNumbers?: boolean | undefined;
  ExcludePunctuation?: boolean | undefined;
  ExcludeUppercase?: boolean | undefined;
  ExcludeLowercase?: boolean | undefined;
  IncludeSpace?: boolean | undefined;
  RequireEachIncludedType?: boolean | undefined;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
/** API reference, GetRandomPassword. */
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Throws InvalidParameterException when no such password can be. */
export function randomPassword(options: PasswordOptions): string {
  const { PasswordLength: length = 32, ExcludeCharacters = '' } = options;
  if (length < 1 || length > 4096) throw invalidParameter('Password length must be between 1 and 4096.');
  const kinds = [
    options.ExcludeLowercase ? '' : LOWER,
    options.ExcludeUppercase ? '' : LOWER.toUpperCase(),
    options.ExcludeNumbers ? '' : '0123456789',
    options.ExcludePunctuation ? '' : PUNCTUATION,
    options.IncludeSpace ? ' ' : '',
  ]
    .map((kind) => [...kind].filter((char) => !ExcludeCharacters.includes(char)))
    .filter((kind) => kind.length > 0);
  if (kinds.length === 0)
    throw invalidParameter('The combination of exclusions leaves no characters to make a password of.');

  const required = options.RequireEachIncludedType === false ? [] : kinds;
  if (length < required.length) throw invalidParameter('Password length is too short based on the required types.');
  const all = kinds.flat();
  const chars = Array.from({ length }, (_, index) => pick(required[index] ?? all));
  return shuffled(chars).join('');
}

const pick = (chars: readonly string[]): string => chars[randomInt(chars.length)]!;

function shuffled(chars: string[]): string[] {
  for (let last = chars.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [chars[last], chars[other]] = [chars[other]!, chars[last]!];
  }
  return chars;
}
