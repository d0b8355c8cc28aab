import type { Session } from '../../context.ts';
import { durationText } from '../../domain/duration.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { isOf, type Lease, readLeases } from '../../release/leases.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { type FoundDatabase, findDatabase, isProtected } from './find-databases.ts';
import { leasePlace } from './lease-place.ts';
import { protectionOf } from './protection.ts';
import { takeLease } from './take-lease.ts';
import { withUnprotected } from './with-unprotected.ts';

export interface UnprotectInput {
  name: string;
  reason: string;
  forMs: number;
  /** A command line of ours to run under the lease; empty: the lease holds until its time is over. */
  words: readonly string[];
}

/** The contract of `db unprotect --json`. */
export interface UnprotectOutcome {
  environment: string;
  database: string;
  /** In RDS. */
  identifier: string;
  /** As it is now. */
  protected: boolean;
  /** False where it was unprotected before. */
  changed: boolean;
  reason: string;
  /** ISO 8601; null where nothing was promised, or where it is protected again already. */
  until: string | null;
  /** The command that ran under the lease. */
  command: { words: readonly string[]; exitCode: number } | null;
  dryRun: boolean;
  /** What a person has to confirm by name. */
  confirmations: string[];
}

/** Lifts a database's protection for a time, or for as long as one command runs (F-85). */
export async function unprotectDatabase(session: Session, input: UnprotectInput): Promise<UnprotectOutcome> {
  const { environment, flags, prompter } = session;
  const { name, reason, forMs, words } = input;
  const lock = await lazyLock(session, { command: 'db unprotect' });
  const database = await findDatabase(session, name);
  const { objects } = leasePlace(session);
  const before = (await readLeases(objects, environment.name)).find(isOf(database));
  const outcome = {
    environment: environment.name,
    database: name,
    identifier: database.id,
    protected: isProtected(database),
    changed: false,
    reason,
    until: null,
    command: null,
    dryRun: flags.dryRun,
    confirmations: [] as string[],
  };
  const nothingToLift = !outcome.protected && !before;
  if (!nothingToLift) {
    const confirmation = `${environment.name}/${database.thing}`;
    await prompter.askTyped({ text: question(session, database, { ...input, before }), name: confirmation });
    outcome.confirmations = [confirmation];
  }
  if (flags.dryRun) return { ...outcome, changed: outcome.protected };
  if (words.length > 0) return { ...outcome, ...(await runUnprotected(session, { lock, database, input })) };
  if (nothingToLift) return outcome;

  try {
    await lock.take();
    const lease = await takeLease(session, database, { reason, forMs });
    return { ...outcome, protected: false, changed: outcome.protected, until: isoOf(lease) };
  } finally {
    await lock.release();
  }
}

/** The command takes the lock itself: it is given back as soon as the protection is lifted. */
async function runUnprotected(
  session: Session,
  { lock, database, input }: { lock: EnvironmentLock; database: FoundDatabase; input: UnprotectInput },
): Promise<Pick<UnprotectOutcome, 'protected' | 'changed' | 'command'>> {
  const { reason, forMs, words } = input;
  const command = `platform ${words.join(' ')}`;
  let changed = false;
  try {
    await lock.take();
    const exitCode = await withUnprotected(session, [database], { reason, command, forMs }, async (leases) => {
      changed = leases.length > 0;
      await lock.release();
      return session.platform(words);
    });
    if (exitCode !== 0) throw commandEnded(command, exitCode, database.thing);
    return {
      protected: (await protectionOf(session.aws, database)) ?? false,
      changed,
      command: { words, exitCode },
    };
  } finally {
    await lock.release();
  }
}

function question(
  { target }: Session,
  { thing, id }: FoundDatabase,
  { forMs, words, reason, before }: UnprotectInput & { before: Lease | undefined },
): string {
  const now = before ? `${thing} (${id}) is unprotected until ${isoOf(before)} ("${before.reason}")` : undefined;
  const until = words.length > 0 ? `while "platform ${words.join(' ')}" runs, and at most ` : '';
  return [
    ...(now ? [now] : []),
    `The protection of ${thing} (${id}, ${target.sandbox ? 'sandbox, ' : ''}account ${target.account}) against deletion is lifted ${until}for ${durationText(forMs)}: "${reason}"`,
  ].join('\n');
}

const isoOf = (lease: Lease | undefined): string | null => (lease ? new Date(lease.until).toISOString() : null);

/** Its own exit code where scripts know what to do with it. */
const KINDS = { 2: 'usage', 4: 'credentials', 5: 'declined', 8: 'pending' } as const;

const commandEnded = (command: string, exitCode: number, thing: string) =>
  new PlatformError({
    id: 'unprotected-command-ended',
    kind: KINDS[exitCode as keyof typeof KINDS] ?? 'failed',
    message: `"${command}" ended with ${exitCode} while ${thing} was unprotected`,
    remedy: 'what it said stands above; the protection is back where the database is still there',
  });
