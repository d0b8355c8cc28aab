import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { KnownSecret } from '../../release/environment-secrets.ts';

/** Those that were asked for, by either of their names; all without names. Throws `secret-unknown` (exit 2). */
export function chosenSecrets(
  secrets: readonly KnownSecret[],
  names: readonly string[] | undefined,
  environment: string,
): KnownSecret[] {
  if (names === undefined || names.length === 0) return [...secrets];
  return [...new Set(names)].map((asked) => {
    const found = secrets.find(({ name, secretName }) => name === asked || secretName === asked);
    if (found) return found;
    throw unknownSecret(
      asked,
      secrets.map(({ name }) => name),
      environment,
    );
  });
}

/** Throws `secret-not-pushed` (exit 2) for a secret that no env file fills. */
export function requirePushed(secrets: readonly KnownSecret[]): void {
  const other = secrets.find(({ source }) => source !== 'env-file');
  if (other) throw notPushed(other);
}

/** Throws `secret-not-ours` (exit 2) for a secret whose values others look after. */
export function requireOurs(secret: KnownSecret): void {
  if (secret.source === 'existing' || secret.source === 'database') throw notOurs(secret);
}

function unknownSecret(asked: string, known: readonly string[], environment: string) {
  const meant = nearest(asked, known);
  return new PlatformError({
    id: 'secret-unknown',
    kind: 'usage',
    message: `${environment} has no secret ${JSON.stringify(asked)}`,
    remedy: meant ? `name ${meant}` : known.length > 0 ? `name one of ${known.join(', ')}` : 'declare it under secrets',
  });
}

const OWNERS: Readonly<Record<string, string>> = {
  generated: 'is generated, so that nobody has to know it',
  existing: 'belongs to somebody else',
  database: 'is that of a database, made with it',
};

const notPushed = ({ name, source }: KnownSecret) =>
  new PlatformError({
    id: 'secret-not-pushed',
    kind: 'usage',
    message: `Secret ${name} ${OWNERS[source]}; it is never written from an env file`,
    remedy: 'leave it out, or configure it with source: env-file',
  });

const notOurs = ({ name, source }: KnownSecret) =>
  new PlatformError({
    id: 'secret-not-ours',
    kind: 'usage',
    message: `Secret ${name} ${OWNERS[source]}; its versions are not ours to move`,
    remedy: 'leave --to out to take it back from its deletion',
  });
