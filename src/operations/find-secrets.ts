import type { AppSettings } from '../../infra/settings.ts';
import type { Synthesis } from '../cdk/cdk.ts';
import type { Session } from '../context.ts';
import { givenValues } from '../release/given-values.ts';
import { canGenerate } from '../release/made-up-secret.ts';
import { secretName } from '../release/secret-name.ts';
import { type SecretContents, sharedCredentials } from '../release/shared-credentials.ts';
import type { Secret } from '../secret.ts';
import { fillOffline } from './fill-defaults.ts';
import { pushedSecrets } from './look-at-secrets.ts';
import { envFileWrong, pemVariables, readEnvFile } from './read-env-file.ts';

export interface FoundSecrets {
  /** Full ARN by secret name. */
  arns: Record<string, string>;
  /** Secrets that stacks refer to and that are not there, or are scheduled for deletion (F-90, F-91). */
  absent: { name: string; deleted: boolean }[];
  /** Secrets that are not there and that the deployment makes itself, by their name. */
  toMake: Record<string, SecretToMake>;
  /** Values of shared infrastructure by the name of their SSM parameter. */
  shared: Record<string, string>;
  /** Parameters of the provider that are not there. */
  notShared: string[];
}

export interface SecretToMake extends SecretContents {
  /** In a rehearsal what `.env.<environment>` says, by key. */
  given: ReadonlyMap<string, Secret>;
}

/** Looks up what the stacks take from Secrets Manager and from the provider of shared infrastructure. */
export async function findSecrets(
  session: Pick<Session, 'aws' | 'environment' | 'target' | 'workDirectory'>,
  { stacks }: Synthesis,
  settings: AppSettings,
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
  const found: FoundSecrets = { arns: {}, absent: [], toMake: {}, shared: {}, notShared: [] };
  await Promise.all([
    ...[...names].map(async (name) => {
      const secret = await aws.secrets.describe(name);
      if (secret && !secret.DeletedDate) found.arns[name] = secret.ARN!;
      else if (!secret && ours.has(name)) found.toMake[name] = { ...ours.get(name)!, given: new Map() };
      else found.absent.push({ name, deleted: secret !== undefined });
    }),
    ...[...parameters].map(async (name) => {
      const value = await aws.ssm.parameter(name);
      if (value === undefined) found.notShared.push(name);
      else found.shared[name] = value;
    }),
  ]);
  if (target.sandbox) await giveFromFile(session, found.toMake);
  return found;
}

/** Throws `env-file-wrong`, as a push would: a rehearsal that overlooks it would prove nothing. */
async function giveFromFile(
  session: Pick<Session, 'environment' | 'workDirectory'>,
  toMake: FoundSecrets['toMake'],
): Promise<void> {
  const known = pushedSecrets(session.environment).filter(({ secretName: name }) => Object.hasOwn(toMake, name));
  if (known.length === 0) return;
  const file = await readEnvFile(session, pemVariables(known));
  const options = { kind: session.environment.kind, fill: fillOffline(session) };
  for (const secret of known) {
    const { given, problems } = givenValues(secret, file, options);
    if (problems.length > 0) throw envFileWrong(file.path, problems);
    toMake[secret.secretName] = { ...toMake[secret.secretName]!, given };
  }
}
