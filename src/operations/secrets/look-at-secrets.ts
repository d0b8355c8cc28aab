import type { Session } from '../../context.ts';
import { type Contract, secretContract } from '../../domain/secrets/secret-contract.ts';
import type { Problem } from '../../errors/problem.ts';
import { environmentSecrets, type KnownSecret } from '../../release/environment-secrets.ts';
import { type EnvFile, type GivenValues, givenValues } from '../../release/given-values.ts';
import { contentsOf, keyedHash, type LiveContents } from '../../release/secret-contents.ts';
import { Secret } from '../../secret.ts';
import { fillFromStacks } from './fill-defaults.ts';
import { envFileWrong, pemVariables, readEnvFile } from './read-env-file.ts';

/** How a secret stands in Secrets Manager. */
export type SecretState =
  | 'live'
  /** There is none of this name (F-90). */
  | 'absent'
  /** Made, and never given a value (F-90). */
  | 'without-value'
  /** In its recovery window (F-91). */
  | 'scheduled-for-deletion'
  /** Its value is no JSON object, so it has no keys (F-47). */
  | 'not-json';

export interface LiveSecret {
  state: SecretState;
  arn?: string;
  /** Absent without a value. */
  versionId?: string;
  text?: Secret;
  contents: LiveContents;
  changedAt?: Date;
  deletedAt?: Date;
}

export interface LookedSecret {
  known: KnownSecret;
  live: LiveSecret;
  values: GivenValues;
  contract: Contract;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target' | 'workDirectory'>;

/**
 * Holds `.env.<environment>`, the configuration and Secrets Manager side by side. Only reads. Throws `env-file-wrong`
 * for a file or a value that cannot be used.
 */
export async function lookAtSecrets(
  session: Powers,
  secrets: readonly KnownSecret[],
  { prune }: { prune: boolean },
): Promise<{ file: EnvFile; secrets: LookedSecret[] }> {
  const pushed = secrets.filter(({ source }) => source === 'env-file');
  const [file, fill, live] = await Promise.all([
    readEnvFile(session, pemVariables(pushed)),
    fillFromStacks(session, pushed),
    Promise.all(secrets.map(({ secretName }) => readSecret(session, secretName))),
  ]);
  const problems: Problem[] = [];
  const looked = secrets.map((known, index) => {
    const values =
      known.source === 'env-file'
        ? givenValues(known, file, { kind: session.environment.kind, fill })
        : { given: new Map(), fallback: new Map(), waiting: new Set<string>(), problems: [], remarks: [] };
    problems.push(...values.problems);
    return { known, live: live[index]!, values, contract: contractOf(known, live[index]!, { values, prune }) };
  });
  if (problems.length > 0) throw envFileWrong(file.path, problems);
  return { file, secrets: looked };
}

/** The secrets that an env file fills. */
export const pushedSecrets = (environment: Session['environment']): KnownSecret[] =>
  environmentSecrets(environment).filter(({ source }) => source === 'env-file');

/** A secret as it is now. */
export async function readSecret({ aws }: Pick<Session, 'aws'>, secretName: string): Promise<LiveSecret> {
  const described = await aws.secrets.describe(secretName);
  if (!described) return { state: 'absent', contents: { kind: 'none' } };
  const { ARN: arn, DeletedDate: deletedAt, LastChangedDate: changedAt } = described;
  const common = { arn: arn!, ...(changedAt ? { changedAt } : {}) };
  // Its value cannot be read until it is restored.
  if (deletedAt) return { ...common, state: 'scheduled-for-deletion', contents: { kind: 'none' }, deletedAt };
  const value = await aws.secrets.value(secretName);
  if (!value) return { ...common, state: 'without-value', contents: { kind: 'none' } };
  const { versionId, text } = value;
  const contents: LiveContents = text
    ? contentsOf(secretName, text)
    : { kind: 'not-json', why: 'it is binary, not JSON' };
  const state = contents.kind === 'not-json' ? 'not-json' : 'live';
  return { ...common, state, versionId, contents, ...(text ? { text } : {}) };
}

const NOTHING = new Secret('nothing', '');

function contractOf(
  { keys, source, usedBy, usedWhole }: KnownSecret,
  { contents, state }: LiveSecret,
  { values, prune }: { values: GivenValues; prune: boolean },
): Contract {
  // Nothing can be said of what nobody can read.
  if (state === 'scheduled-for-deletion') return secretContract({ ...UNKNOWN, live: new Map() });
  const hash = keyedHash();
  const hashed = (map: ReadonlyMap<string, Secret>) => new Map([...map].map(([key, value]) => [key, hash(value)]));
  const ours = source === 'env-file';
  return secretContract({
    // Somebody else fills the others: what they lack is not for a push to add.
    declared: ours ? keys : {},
    given: hashed(values.given),
    fallback: new Set(values.fallback.keys()),
    waiting: values.waiting,
    live: hashed(contents.kind === 'json' ? contents.values : new Map()),
    empty: hash(NOTHING),
    referenced: usedWhole.length > 0 ? 'all' : new Set(usedBy.keys()),
    prune: prune && ours,
  });
}

const UNKNOWN = {
  declared: {},
  given: new Map(),
  fallback: new Set<string>(),
  waiting: new Set<string>(),
  empty: '',
  referenced: 'all' as const,
  prune: false,
};
