import type { Session } from '../../context.ts';
import { nearest } from '../../domain/nearest.ts';
import { dotenvLine } from '../../domain/secrets/dotenv-line.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { environmentSecrets } from '../../release/environment-secrets.ts';
import { chosenSecrets } from './choose-secrets.ts';
import { readSecret } from './look-at-secrets.ts';

export interface ShowInput {
  secret: string;
  key?: string;
  reveal: boolean;
}

/** The contract of `secrets show --json`: with `--reveal` the one document of all that holds values. */
export interface ShowOutcome {
  environment: string;
  secrets: {
    name: string;
    secretName: string;
    versionId: string;
    changedAt: string | null;
    keys: string[];
    /** Only with `--reveal`, by key; `text` for a value that is no JSON object. */
    values?: Record<string, string>;
    text?: string;
  }[];
}

/** The keys of a secret, and with `reveal` what they hold: for stdout, which is where they go and nowhere else. */
export async function showSecret(
  session: Pick<Session, 'aws' | 'environment'>,
  { secret, key, reveal }: ShowInput,
): Promise<{ outcome: ShowOutcome; text: string }> {
  const { environment } = session;
  const known = chosenSecrets(environmentSecrets(environment), [secret], environment.name)[0]!;
  const { contents, state, text, versionId, changedAt } = await readSecret(session, known.secretName);
  if (state === 'absent' || state === 'without-value') throw nothingThere(known.secretName, state);
  if (state === 'scheduled-for-deletion') throw deleted(known.secretName, known.name);
  const values = contents.kind === 'json' ? contents.values : undefined;
  if (key !== undefined && !values) throw noKeys(known.secretName);
  if (key !== undefined && !values!.has(key)) throw noSuchKey(known.secretName, key, [...values!.keys()]);

  const keys = key === undefined ? [...(values?.keys() ?? [])].sort() : [key];
  const revealed = Object.fromEntries(keys.map((one) => [one, values!.get(one)!.reveal()]));
  const row = {
    name: known.name,
    secretName: known.secretName,
    versionId: versionId!,
    changedAt: changedAt?.toISOString() ?? null,
    keys,
    ...(reveal && values ? { values: revealed } : {}),
    ...(reveal && !values && text ? { text: text.reveal() } : {}),
  };
  const lines = reveal
    ? key === undefined
      ? keys.map((one) => dotenvLine(one, revealed[one]!))
      : [revealed[key]!]
    : keys.length > 0
      ? keys
      : ['its value is no JSON object, so it has no keys'];
  return {
    outcome: { environment: environment.name, secrets: [row] },
    text: reveal && !values ? (text?.reveal() ?? 'its value is binary') : lines.join('\n'),
  };
}

const nothingThere = (secretName: string, state: 'absent' | 'without-value') =>
  new PlatformError({
    id: 'secret-absent',
    kind: 'failed',
    message: state === 'absent' ? `There is no secret ${secretName}` : `Secret ${secretName} has no value yet`,
    remedy: 'platform secrets push gives it one from the env file',
  });

const deleted = (secretName: string, name: string) =>
  new PlatformError({
    id: 'secret-deleted',
    kind: 'failed',
    message: `Secret ${secretName} is scheduled for deletion, and its value cannot be read until it is restored`,
    remedy: `platform secrets restore ${name}`,
  });

const noKeys = (secretName: string) =>
  new PlatformError({
    id: 'secret-not-json',
    kind: 'failed',
    message: `Secret ${secretName} has no keys: its value is no JSON object`,
    remedy: 'show it without a key',
  });

function noSuchKey(secretName: string, key: string, keys: readonly string[]) {
  const meant = nearest(key, keys);
  return new PlatformError({
    id: 'secret-key-unknown',
    kind: 'usage',
    message: `Secret ${secretName} has no key ${JSON.stringify(key)}`,
    remedy: meant ? `name ${meant}` : `name one of ${keys.join(', ')}`,
  });
}
