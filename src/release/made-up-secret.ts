import { randomInt } from 'node:crypto';
import type { SecretKey } from '../config/blocks/secret.ts';
import { Secret } from '../secret.ts';

const ALPHABETS = {
  urlsafe: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  // https://github.com/django/django/blob/main/django/core/management/utils.py: get_random_secret_key
  django: 'abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)',
  hex: '0123456789abcdef',
};

/** A random text from one of the alphabets that `generate` knows. */
export const randomText = (length: number, alphabet: keyof typeof ALPHABETS): string =>
  Array.from({ length }, () => ALPHABETS[alphabet][randomInt(ALPHABETS[alphabet].length)]).join('');

type Keys = Readonly<Record<string, SecretKey>>;

/** Whether nobody has to give a value. */
export const canGenerate = (keys: Keys): boolean =>
  Object.values(keys).every((key) => key.generate !== undefined || key.default !== undefined);

/** A JSON secret of generated values and defaults. */
export const generatedSecret = (name: string, keys: Keys): Secret => madeUpSecret(name, keys, {});

/**
 * A JSON secret for a rehearsal: given values first, then generated ones, then defaults, and a text that says what it
 * is for the rest. Never for a real account, where a placeholder would let a broken application start (F-93).
 */
export function madeUpSecret(name: string, keys: Keys, given: Readonly<Record<string, string>>): Secret {
  const values = Object.entries(keys).map(([key, spec]): [string, string] => {
    const value = given[spec.from ?? key];
    if (value !== undefined) return [key, value];
    if (spec.generate) return [key, randomText(spec.generate.length, spec.generate.alphabet)];
    return [key, spec.default ?? `sandbox-${key.toLowerCase()}`];
  });
  return new Secret(name, JSON.stringify(Object.fromEntries(values)));
}
