import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { environmentSecrets, type KnownSecret } from '../../release/environment-secrets.ts';
import { type LiveSecret, readSecret, type SecretState } from './look-at-secrets.ts';

export interface ListedKey {
  key: string;
  /** Whether the live secret has it, and whether there is anything in it; null when nobody could look. */
  live: boolean | null;
  empty: boolean | null;
  declared: boolean;
  required: boolean;
  phase: string;
  /** `services.web`; those that are given the whole secret among them. */
  usedBy: string[];
  /** Written into the secret by AWS when it is attached to its database; nobody need declare or use it. */
  byAws: boolean;
}

export interface ListedSecret {
  /** As platform.yaml has it. */
  name: string;
  /** In Secrets Manager. */
  secretName: string;
  source: KnownSecret['source'];
  state: SecretState | 'unreadable';
  /** ISO 8601. */
  changedAt: string | null;
  keys: ListedKey[];
  // The fields of every secrets command; what nothing is compared for is empty.
  added: string[];
  changed: string[];
  unchanged: string[];
  removed: string[];
  missing: string[];
  unused: string[];
}

/** The contract of `secrets list --json`. */
export interface ListSecretsOutcome {
  environment: string;
  secrets: ListedSecret[];
}

/** The secrets of an environment and their keys: what there is, who uses it, when it changed. Never a value. */
export async function listSecrets(
  session: Pick<Session, 'aws' | 'environment' | 'reporter'>,
): Promise<ListSecretsOutcome> {
  const known = environmentSecrets(session.environment);
  const secrets = await Promise.all(
    known.map(async (one) => listed(one, await readIfAllowed(session, one.secretName))),
  );
  return { environment: session.environment.name, secrets };
}

/** Undefined where we may not look: a list of what may be seen is still of use. */
async function readIfAllowed(
  { aws, reporter }: Pick<Session, 'aws' | 'reporter'>,
  secretName: string,
): Promise<LiveSecret | undefined> {
  try {
    return await readSecret({ aws }, secretName);
  } catch (error) {
    if (!(error instanceof PlatformError && error.id === 'aws-access-denied')) throw error;
    reporter.warn(`secret ${secretName} cannot be looked at: ${error.message}`);
    return undefined;
  }
}

function listed(
  { name, secretName, source, keys, usedBy, usedWhole }: KnownSecret,
  live: LiveSecret | undefined,
): ListedSecret {
  const values = live?.contents.kind === 'json' ? live.contents.values : new Map();
  const readable = live !== undefined && live.state !== 'scheduled-for-deletion';
  const all = [...new Set([...Object.keys(keys), ...usedBy.keys(), ...values.keys()])].sort();
  const rows = all.map((key): ListedKey => {
    const spec = Object.hasOwn(keys, key) ? keys[key] : undefined;
    return {
      key,
      live: readable ? values.has(key) : null,
      empty: readable && values.has(key) ? values.get(key).reveal() === '' : null,
      declared: spec !== undefined,
      required: spec?.required ?? false,
      phase: spec?.phase ?? 'before-deploy',
      usedBy: [...(usedBy.get(key) ?? []), ...usedWhole],
      byAws: source === 'database' && spec === undefined && ATTACHED.has(key),
    };
  });
  const names = (is: (row: ListedKey) => boolean) => rows.filter(is).map(({ key }) => key);
  return {
    name,
    secretName,
    source,
    state: live?.state ?? 'unreadable',
    changedAt: live?.changedAt?.toISOString() ?? null,
    keys: rows,
    added: [],
    changed: [],
    unchanged: names((row) => row.live === true),
    removed: [],
    missing: names(
      (row) => row.live === false || (row.empty === true && row.required && row.phase === 'before-deploy'),
    ),
    unused: names((row) => row.live === true && row.usedBy.length === 0 && !row.byAws),
  };
}

/**
 * What `AWS::SecretsManager::SecretTargetAttachment` adds, and RDS and rotation go by:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-secretsmanager-secrettargetattachment.html
 */
const ATTACHED: ReadonlySet<string> = new Set([
  'dbClusterIdentifier',
  'dbInstanceIdentifier',
  'dbname',
  'engine',
  'host',
  'port',
]);
