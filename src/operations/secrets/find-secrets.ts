import type { AppSettings } from '../../../infra/settings.ts';
import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import type { Problem } from '../../errors/problem.ts';
import type { KnownSecret } from '../../release/environment-secrets.ts';
import { givenValues } from '../../release/given-values.ts';
import { canGenerate } from '../../release/made-up-secret.ts';
import type { ReleaseRecord } from '../../release/release-record.ts';
import { secretName } from '../../release/secret-name.ts';
import { type SecretContents, sharedCredentials } from '../../release/shared-credentials.ts';
import type { Secret } from '../../secret.ts';
import { fillOffline } from './fill-defaults.ts';
import { keysOfRelease } from './keys-in-use.ts';
import { pushedSecrets } from './look-at-secrets.ts';
import { envFileWrong, pemVariables, readEnvFile } from './read-env-file.ts';
import { type CheckedSecret, checkSecret, knownSecret, wantedKeys } from './secret-problems.ts';
import { shapeProblems } from './secret-shapes.ts';

export interface FoundSecrets {
  /** Full ARN by secret name. */
  arns: Record<string, string>;
  /** Secrets that stacks refer to and that are not there, or are scheduled for deletion (F-90, F-91). */
  absent: { name: string; deleted: boolean }[];
  /** Secrets that are not there and that the deployment makes itself, by their name. */
  toMake: Record<string, SecretToMake>;
  /** Secrets that are there and lack what the configuration has new, of a rehearsal or generated, by their name. */
  toExtend: Record<string, SecretToMake>;
  /** Secrets that are there and would keep tasks from starting (F-44, F-47, F-90, F-93), or surprise them (F-95). */
  broken: Problem[];
  /** Values of shared infrastructure by the name of their SSM parameter. */
  shared: Record<string, string>;
  /** Parameters of the provider that are not there. */
  notShared: string[];
}

export interface SecretToMake extends SecretContents {
  /** In a rehearsal what `.env.<environment>` says, by key. */
  given: ReadonlyMap<string, Secret>;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'reporter' | 'target' | 'workDirectory'>;

export interface FindSecretsInput {
  synthesis: Synthesis;
  settings: AppSettings;
  /** The newest release. */
  released: Promise<ReleaseRecord | undefined>;
}

/** Looks up what the stacks take from Secrets Manager and from the provider of shared infrastructure. */
export async function findSecrets(
  session: Powers,
  { synthesis: { stacks }, settings, released }: FindSecretsInput,
): Promise<FoundSecrets> {
  const { aws, environment, target } = session;
  // In a rehearsal nobody has pushed secrets. On a real account we make what needs nobody to know it, and nothing else.
  const ours = new Map<string, SecretContents>([
    ...(target.sandbox ? sharedCredentials(settings) : []),
    ...Object.entries(environment.blocks.secrets)
      .filter(([, { source, keys }]) => target.sandbox || (source === 'generated' && canGenerate(keys)))
      .map(([block, contents]) => [secretName(environment, block), contents] as const),
  ]);
  const sources = stacks.flatMap(({ parameters }) => Object.values(parameters));
  const names = new Set(sources.flatMap((source) => (source.from === 'secret' ? [source.secretName] : [])));
  const parameters = new Set(sources.flatMap((source) => (source.from === 'shared' ? [source.parameter] : [])));
  const found: FoundSecrets = {
    arns: {},
    absent: [],
    toMake: {},
    toExtend: {},
    broken: [],
    shared: {},
    notShared: [],
  };
  const wanted = wantedKeys(settings);
  await Promise.all([
    ...[...names].map(async (name) => {
      const secret = await aws.secrets.describe(name);
      if (secret && !secret.DeletedDate) {
        found.arns[name] = secret.ARN!;
        const checked = await checkSecret(session, name, wanted.get(name) ?? new Map());
        const isNew = ours.has(name) && (await lacksOnlyNew(checked, secret.ARN!, released));
        if (isNew) found.toExtend[name] = { ...only(ours.get(name)!, checked!.lacking), given: new Map() };
        else found.broken.push(...(checked?.problems ?? []));
        const known = knownSecret(environment, name);
        if (known && checked) found.broken.push(...shapeProblems(environment, known, checked.live));
      } else if (!secret && ours.has(name)) found.toMake[name] = { ...ours.get(name)!, given: new Map() };
      else found.absent.push({ name, deleted: secret !== undefined });
    }),
    ...[...parameters].map(async (name) => {
      const value = await aws.ssm.parameter(name);
      if (value === undefined) found.notShared.push(name);
      else found.shared[name] = value;
    }),
  ]);
  if (target.sandbox) await giveFromFile(session, [found.toMake, found.toExtend]);
  return found;
}

/** What is new in the configuration is made as the whole secret would be. What was there and is gone is a fault, and told. */
async function lacksOnlyNew(
  checked: CheckedSecret | undefined,
  arn: string,
  released: FindSecretsInput['released'],
): Promise<boolean> {
  if (checked?.live.state !== 'live' || checked.problems.length === 0) return false;
  if (checked.problems.some(({ rule }) => rule !== 'F-44')) return false;
  const record = await released;
  const before = record ? keysOfRelease(record).filter((one) => one.arn === arn) : [];
  return !before.some(({ key }) => key !== undefined && checked.lacking.includes(key));
}

const only = ({ keys, source }: SecretContents, names: readonly string[]): SecretContents => ({
  source,
  keys: Object.fromEntries(Object.entries(keys).filter(([key]) => names.includes(key))),
});

/** Throws `env-file-wrong`, as a push would: a rehearsal that overlooks it would prove nothing. */
async function giveFromFile(
  session: Pick<Session, 'environment' | 'workDirectory'>,
  wanting: readonly FoundSecrets['toMake'][],
): Promise<void> {
  const isWanted = ({ secretName: name }: KnownSecret) => wanting.some((secrets) => Object.hasOwn(secrets, name));
  const known = pushedSecrets(session.environment).filter(isWanted);
  if (known.length === 0) return;
  const file = await readEnvFile(session, pemVariables(known));
  const options = { kind: session.environment.kind, fill: fillOffline(session) };
  for (const secret of known) {
    const { given, problems } = givenValues(secret, file, options);
    if (problems.length > 0) throw envFileWrong(file.path, problems);
    for (const secrets of wanting) {
      const one = secrets[secret.secretName];
      if (one) secrets[secret.secretName] = { ...one, given };
    }
  }
}
