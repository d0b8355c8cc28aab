import type { SecretVersionsListEntry } from '@aws-sdk/client-secrets-manager';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { type KeyDifference, keyDifference } from '../../domain/secrets/key-difference.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { readAudit } from '../../release/audit-trail.ts';
import { environmentSecrets, type KnownSecret } from '../../release/environment-secrets.ts';
import { contentsOf, hashedContents } from '../../release/secret-contents.ts';
import { audit } from '../audit.ts';
import { leasePlace } from '../databases/lease-place.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { chosenSecrets, requireOurs } from './choose-secrets.ts';
import { type LiveSecret, readSecret } from './look-at-secrets.ts';
import { type OldValue, oldValues } from './old-values.ts';
import { requireUnused } from './require-unused.ts';

export interface RestoreInput {
  secret: string;
  /** A version's id, or `previous`; absent: only the recovery window is looked at. */
  to?: string;
}

/** The contract of `secrets restore --json`. */
export interface RestoreOutcome {
  environment: string;
  secrets: {
    name: string;
    secretName: string;
    /** Taken back from its recovery window. */
    restored: boolean;
    versionId: string | null;
    // Names of keys against what was current before.
    added: string[];
    changed: string[];
    unchanged: string[];
    removed: string[];
    missing: string[];
    unused: string[];
  }[];
  oldValues: OldValue[];
  dryRun: boolean;
}

const NO_KEYS: KeyDifference = { added: [], changed: [], unchanged: [], removed: [] };

/** Takes a secret back from its recovery window (F-91), and with `to` makes an earlier version the current one (F-92). */
export async function restoreSecret(session: Session, { secret, to }: RestoreInput): Promise<RestoreOutcome> {
  const { aws, environment, flags } = session;
  const known = chosenSecrets(environmentSecrets(environment), [secret], environment.name)[0]!;
  if (to !== undefined) requireOurs(known);
  const lock = await lazyLock(session, { command: 'secrets restore' });
  try {
    const found = await readSecret(session, known.secretName);
    if (found.state === 'absent') throw notThere(known.secretName);
    const restored = found.state === 'scheduled-for-deletion';
    if (restored) await fromDeletion(session, known.secretName, lock);
    const live = restored && !flags.dryRun ? await readSecret(session, known.secretName) : found;
    // On a dry run a version cannot be looked at before the secret is really restored.
    const keys =
      to === undefined || (restored && flags.dryRun) ? NO_KEYS : await toVersion(session, { known, live, to, lock });
    const now = flags.dryRun ? live : await readSecret(session, known.secretName);
    return {
      environment: environment.name,
      secrets: [
        {
          name: known.name,
          secretName: known.secretName,
          restored: restored && !flags.dryRun,
          versionId: now.versionId ?? null,
          ...keys,
          missing: [],
          unused: [],
        },
      ],
      oldValues: flags.dryRun ? [] : await oldValues({ aws, environment, target: session.target }, [known.secretName]),
      dryRun: flags.dryRun,
    };
  } finally {
    await lock.release();
  }
}

async function fromDeletion(
  { aws, flags, prompter }: Session,
  secretName: string,
  lock: EnvironmentLock,
): Promise<void> {
  await prompter.ask({ text: `Restore secret ${secretName}, with the value that it had?` });
  if (flags.dryRun) return;
  await lock.take();
  await aws.secrets.restore(secretName);
}

interface Move {
  known: KnownSecret;
  live: LiveSecret;
  to: string;
  lock: EnvironmentLock;
}

async function toVersion(session: Session, { known, live, to, lock }: Move): Promise<KeyDifference> {
  const { aws, flags, prompter } = session;
  const { secretName } = known;
  const versionId = versionOf(await aws.secrets.versions(secretName), { known, to });
  if (versionId === live.versionId) return NO_KEYS;
  if (to === 'previous' && (await wentBack(session, { known, live, from: versionId }))) return NO_KEYS;
  const wanted = contentsOf(secretName, (await aws.secrets.value(secretName, versionId))?.text);
  if (wanted.kind !== 'json') throw notJson(known, versionId);
  const hashes = hashedContents();
  const keys = keyDifference(hashes(live.contents) ?? new Map(), hashes(wanted)!);
  await requireUnused(session, [{ secretName, arn: live.arn!, keys: keys.removed, whole: live.state === 'not-json' }]);
  const changes = [
    ...keys.added.map((key) => `+${key}`),
    ...keys.changed.map((key) => `~${key}`),
    ...keys.removed.map((key) => `-${key}`),
  ];
  await prompter.ask({
    text: `Make version ${versionId} of ${secretName} the current one (${changes.join(' ') || 'the same values'})?`,
  });
  if (flags.dryRun) return keys;
  await lock.take();
  const word = { event: 'secret-restored', thing: `secrets.${known.name}`, versionId, from: live.versionId };
  await audit(session, { ...word, ...keys });
  await aws.secrets.moveCurrent(secretName, { to: versionId, from: live.versionId! });
  return keys;
}

/** Entries of the record that are looked through for the newest restoration. */
const MOST_ENTRIES = 300;

/**
 * Whether what is current came there by the same command: AWS's previous version is then the one that somebody wanted to
 * get away from, and typing it twice would bring that back.
 */
async function wentBack(
  session: Session,
  { known, live, from }: { known: KnownSecret; live: LiveSecret; from: string },
): Promise<boolean> {
  const { environment, reporter } = session;
  const trail = await readAudit(leasePlace(session).objects, environment.name, MOST_ENTRIES, 'secret-restored');
  const newest = trail.findLast(({ thing }) => thing === `secrets.${known.name}`);
  if (newest?.versionId !== live.versionId || newest?.from !== from) return false;
  reporter.note(
    `${known.secretName} went back to its previous version already, at ${newest.at}. platform secrets restore ${known.name} ${environmentFlags(environment)} --to ${from} goes forward again; secrets history lists the others`,
  );
  return true;
}

function versionOf(versions: readonly SecretVersionsListEntry[], { known, to }: Pick<Move, 'known' | 'to'>): string {
  const found = versions.find(({ VersionId, VersionStages = [] }) =>
    to === 'previous' ? VersionStages.includes('AWSPREVIOUS') : VersionId === to,
  );
  if (!found) throw noVersion(known, to);
  return found.VersionId!;
}

const notThere = (secretName: string) =>
  new PlatformError({
    id: 'secret-gone',
    kind: 'failed',
    message: `There is no secret ${secretName}, not even one that waits for its deletion`,
    remedy: 'platform secrets push makes it from the env file',
  });

const notJson = ({ name, secretName }: KnownSecret, versionId: string) =>
  new PlatformError({
    id: 'secret-version-not-json',
    kind: 'failed',
    message: `Version ${versionId} of ${secretName} is no JSON object, so no key could be read from it (F-47)`,
    remedy: `platform secrets history ${name} lists the versions`,
  });

const noVersion = ({ name, secretName }: KnownSecret, to: string) =>
  new PlatformError({
    id: 'secret-version-unknown',
    kind: 'usage',
    message: `Secret ${secretName} has no version ${JSON.stringify(to)}`,
    remedy: `platform secrets history ${name} lists the versions that Secrets Manager still has`,
  });
