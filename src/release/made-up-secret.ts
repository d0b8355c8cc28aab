import { generateKeyPairSync, randomInt } from 'node:crypto';
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

/** A value that nobody has to know: a private key where a PEM block is wanted (S3-32), random characters otherwise. */
export function generatedValue({ type, generate }: Pick<SecretKey, 'type' | 'generate'>): string {
  if (type === 'pem') return privateKey();
  return randomText(generate?.length ?? 50, generate?.alphabet ?? 'urlsafe');
}

const privateKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
    .trim();

type Keys = Readonly<Record<string, SecretKey>>;

/** Whether nobody has to give a value. */
export const canGenerate = (keys: Keys): boolean =>
  Object.values(keys).every((key) => key.generate !== undefined || key.default !== undefined);

export interface MadeUpFrom {
  /** Values that somebody gave, by key. */
  given: ReadonlyMap<string, Secret>;
  /** A default with its references filled in; undefined where only a deployment knows. */
  fill: (text: string) => string | undefined;
}

/** A JSON secret of generated values and defaults. */
export const generatedSecret = (name: string, keys: Keys, fill: MadeUpFrom['fill']): Secret =>
  madeUpSecret(name, keys, { given: new Map(), fill });

/**
 * A JSON secret for a rehearsal: given values first, then generated ones, then defaults, and a text that says what it
 * is for the rest. Never for a real account, where a placeholder would let a broken application start (F-93).
 */
export function madeUpSecret(name: string, keys: Keys, { given, fill }: MadeUpFrom): Secret {
  const values = Object.entries(keys).map(([key, spec]): [string, string] => {
    const value = given.get(key)?.reveal();
    if (value !== undefined) return [key, value];
    if (spec.generate) return [key, generatedValue(spec)];
    return [key, (spec.default === undefined ? undefined : fill(spec.default)) ?? placeholder(key, spec)];
  });
  return new Secret(name, JSON.stringify(Object.fromEntries(values)));
}

function placeholder(key: string, spec: SecretKey): string {
  if (spec.type === 'pem') return generatedValue(spec);
  // A name that leads nowhere: https://www.rfc-editor.org/rfc/rfc2606#section-2
  return spec.type === 'url' ? 'https://sandbox.invalid' : `sandbox-${key.toLowerCase()}`;
}
