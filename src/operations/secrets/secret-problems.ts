import type { AppSettings } from '../../../infra/settings.ts';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { databaseSettings } from '../../release/data-settings.ts';
import { environmentSecrets, type KnownSecret } from '../../release/environment-secrets.ts';
import { fillOffline } from './fill-defaults.ts';
import { type LiveSecret, readSecret } from './look-at-secrets.ts';

type Environment = Session['environment'];
type Powers = Pick<Session, 'aws' | 'environment' | 'reporter'>;

/** Which containers ask for which keys: secret name → key → components. */
export function wantedKeys({ secrets, services, oneOffs }: AppSettings): Map<string, Map<string, string[]>> {
  const wanted = new Map<string, Map<string, string[]>>();
  for (const [component, { secrets: variables }] of Object.entries({ ...services, ...oneOffs }))
    for (const reference of Object.values(variables)) {
      if (reference.from !== 'secret') continue;
      const { secretName } = secrets[reference.secret]!;
      const keys = wanted.get(secretName) ?? new Map<string, string[]>();
      const users = keys.get(reference.key) ?? [];
      if (!users.includes(component)) keys.set(reference.key, [...users, component]);
      wanted.set(secretName, keys);
    }
  return wanted;
}

export interface CheckedSecret {
  live: LiveSecret;
  /** Keys that containers ask for and that are not there. */
  lacking: string[];
  /** What would keep tasks from starting, or start them with nothing: F-44, F-47, F-90, F-93. */
  problems: Problem[];
}

/**
 * Whether a secret that is there has what the containers of a deployment ask for: names of keys and whether they are
 * empty are read, nothing else. Undefined where we may not look: then AWS alone knows.
 */
export async function checkSecret(
  { aws, environment, reporter }: Powers,
  secretName: string,
  wanted: ReadonlyMap<string, readonly string[]>,
): Promise<CheckedSecret | undefined> {
  let live: LiveSecret;
  try {
    live = await readSecret({ aws }, secretName);
  } catch (error) {
    if (!(error instanceof PlatformError && error.id === 'aws-access-denied')) throw error;
    reporter.warn(`the keys of secret ${secretName} were not looked at: ${error.message}`);
    return undefined;
  }
  return judgeSecret(environment, secretName, live, wanted);
}

/** The same of a secret that has been read. */
export function judgeSecret(
  environment: Environment,
  secretName: string,
  live: LiveSecret,
  wanted: ReadonlyMap<string, readonly string[]>,
): CheckedSecret {
  const known = knownSecret(environment, secretName);
  const keys = [...wanted.keys()].sort();
  const there = live.contents.kind === 'json' ? [...live.contents.values.keys()].sort() : live.state;
  const read = live.contents.kind === 'json' ? `${secretName} keys` : `${secretName} SecretString`;
  const problem = (rule: string, message: string, remedy: string): Problem => ({
    rule,
    severity: 'error',
    path: known ? `secrets.${known.name}` : 'secrets',
    message,
    remedy,
    evidence: [evidenceOf('secretsmanager:GetSecretValue', read, there)],
  });
  const push = pushRemedy(environment, secretName, keys);
  const asked = (key: string) => `${wanted.get(key)!.join(', ')} ${wanted.get(key)!.length === 1 ? 'asks' : 'ask'}`;
  if (keys.length === 0) return { live, lacking: [], problems: [] };
  if (live.contents.kind === 'none')
    return { live, lacking: keys, problems: [problem('F-90', `Secret ${secretName} has no value yet`, push)] };
  if (live.contents.kind === 'not-json') {
    const why = `Secret ${secretName} has no keys: ${live.contents.why}. ${asked(keys[0]!)} for ${keys[0]}`;
    return { live, lacking: keys, problems: [problem('F-47', why, push)] };
  }
  const { values } = live.contents;
  const lacking = keys.filter((key) => !values.has(key));
  const fill = fillOffline({ environment });
  const empty = keys.filter((key) => isNeeded(known, key, fill) && values.get(key)?.reveal() === '');
  return {
    live,
    lacking,
    problems: [
      ...lacking.map((key) =>
        problem('F-44', `${asked(key)} for ${key} of ${secretName}, which does not have it${hint(known, key)}`, push),
      ),
      ...empty.map((key) => problem('F-93', `${key} of ${secretName} is empty${hint(known, key)}`, push)),
    ],
  };
}

/** What is wanted once the application is up may be empty until then (S3-24), and what only a deployment can tell. */
function isNeeded(known: KnownSecret | undefined, key: string, fill: (text: string) => string | undefined): boolean {
  const spec = known?.keys[key];
  if (known?.source === 'existing' || !spec) return false;
  const waits = spec.default !== undefined && fill(spec.default) === undefined;
  return spec.required && spec.phase === 'before-deploy' && !waits;
}

function hint(known: KnownSecret | undefined, key: string): string {
  const text = known?.keys[key]?.hint;
  return text ? `: ${text}` : '';
}

/** How a secret gets keys that it lacks. */
export function pushRemedy(environment: Environment, secretName: string, keys: readonly string[]): string {
  const known = knownSecret(environment, secretName);
  const flags = environmentFlags(environment);
  if (known?.source === 'env-file') return `platform secrets push ${flags}`;
  if (known?.source === 'generated')
    return `platform secrets restore ${flags} ${known.name} --to previous, where that version still has it`;
  return `have its owner make it a JSON object with ${keys.join(', ')}`;
}

/** How a secret comes back from its recovery window (F-91). */
export function restoreRemedy(environment: Environment, secretName: string): string {
  const known = knownSecret(environment, secretName);
  return known
    ? `platform secrets restore ${environmentFlags(environment)} ${known.name}`
    : `aws secretsmanager restore-secret --secret-id ${secretName}`;
}

/** What the configuration knows of the secret of this name. */
export const knownSecret = (environment: Environment, secretName: string): KnownSecret | undefined =>
  environmentSecrets(environment).find((one) => one.secretName === secretName);

/** The problem of a secret that is not there (F-90), or waits for its deletion (F-91). */
export function absentProblem(environment: Environment, name: string, deleted: boolean): Problem {
  const known = knownSecret(environment, name);
  const evidence = [
    evidenceOf('secretsmanager:DescribeSecret', deleted ? `${name} DeletedDate` : name, deleted ? 'set' : undefined),
  ];
  const common = { severity: 'error', path: known ? `secrets.${known.name}` : 'secrets', evidence } as const;
  if (deleted) {
    const message = `Secret ${name} is scheduled for deletion`;
    return { ...common, rule: 'F-91', message, remedy: restoreRemedy(environment, name) };
  }
  const tenant = tenantOf(environment, name);
  const remedy = tenant
    ? `where the cluster is deployed: platform db create ${tenant.databaseName} --role ${tenant.credentials.username} --secret ${name}`
    : known?.source === 'env-file'
      ? `platform secrets push ${environmentFlags(environment)}`
      : `have its owner make it: aws secretsmanager create-secret --name ${name} --secret-string file://<json file>`;
  return { ...common, rule: 'F-90', message: `There is no secret ${name}`, remedy };
}

/** The database in the cluster of others whose credentials the secret is to hold (S3-117). */
function tenantOf({ blocks, project, name: env, naming }: Environment, secretName: string) {
  const names = { project, env, secret: naming.secret };
  return Object.entries(blocks.databases)
    .filter(([, { engine }]) => engine === 'shared')
    .map(([key, block]) => databaseSettings(key, block, { names, version: undefined }))
    .find(({ credentials }) => credentials.secretName === secretName);
}
