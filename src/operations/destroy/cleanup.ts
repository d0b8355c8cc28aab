import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Retained } from '../../release/destroy-plan.ts';
import { type LedgerEntry, mergeLedger, readLedger, retainedOf, writeLedger } from '../../release/ledger.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import { findStrays } from './find-strays.ts';
import { isRemovable, lookAtLeft, removeLeft } from './left-things.ts';

/** The contract of `cleanup --json`. */
export interface CleanupOutcome {
  environment: string;
  deleted: { type: string; id: string }[];
  retained: Retained[];
  dryRun: boolean;
  /** What a person has to confirm by name. */
  confirmations: string[];
}

/**
 * Lists what an environment has left behind, from its ledger and by its names, and deletes what was chosen, each thing by
 * its name. Nothing goes by itself.
 */
export async function cleanup(session: Session, { ids }: { ids: readonly string[] }): Promise<CleanupOutcome> {
  const { aws, environment, flags, prompter, reporter } = session;
  const lock = await lazyLock(session, { command: 'cleanup' });
  const { objects } = await stateOf(session);
  const left = await reporter.step(`Looking for what ${environment.name} has left`, () => whatIsLeft(session));
  const chosen = ids.map((id) => {
    const entry = left.find((one) => one.id === id);
    if (!entry) throw notLeft(id, environment.name, left);
    if (!isRemovable(entry)) throw notOurs(entry);
    return entry;
  });
  const nameOf = ({ id }: LedgerEntry) => `${environment.name}/${id}`;
  for (const entry of chosen)
    await prompter.askTyped({
      name: nameOf(entry),
      text: `${entry.id} (${entry.type})${entry.holds ? ` with ${entry.holds}` : ''} is deleted${entry.type === 'AWS::SecretsManager::Secret' ? ' after seven days, in which it can be restored' : ''}`,
    });
  const place = { environment: environment.name, flags: environmentFlags(environment), removable: isRemovable };
  const outcome = (deleted: readonly LedgerEntry[], rest: readonly SeenEntry[]): CleanupOutcome => ({
    environment: environment.name,
    deleted: deleted.map(({ type, id }) => ({ type, id })),
    retained: rest.map((entry) => retainedOf(entry, place)),
    dryRun: flags.dryRun,
    confirmations: chosen.map(nameOf),
  });
  if (flags.dryRun || chosen.length === 0) return outcome([], left);

  try {
    await lock.take();
    // An interrupted deletion is known afterwards too.
    await writeLedger(objects, environment.name, left.map(plain));
    for (const entry of chosen) {
      await lock.confirm();
      session.signal.throwIfAborted();
      await reporter.step(`Deleting ${entry.id}`, (say) => removeLeft(aws, entry, say));
    }
    const rest = await stillLeft(session, left);
    await writeLedger(objects, environment.name, rest.map(plain));
    return outcome(chosen, rest);
  } finally {
    await lock.release();
  }
}

type SeenEntry = LedgerEntry & { holds?: string; goes?: boolean };

/** What the ledger names and what the names find, as far as it is still there and in no stack. */
export async function whatIsLeft(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
): Promise<SeenEntry[]> {
  const { objects, state } = await stateOf(session);
  const [known, strays] = await Promise.all([
    readLedger(objects, session.environment.name),
    findStrays(session, state),
  ]);
  return stillLeft(session, mergeLedger(strays, known));
}

async function stillLeft({ aws }: Pick<Session, 'aws'>, entries: readonly LedgerEntry[]): Promise<SeenEntry[]> {
  const looked = await Promise.all(entries.map((entry) => lookAtLeft(aws, entry)));
  return looked.filter((entry) => entry !== undefined);
}

const plain = ({ holds: _, goes: __, ...entry }: SeenEntry): LedgerEntry => entry;

const notLeft = (id: string, environment: string, left: readonly LedgerEntry[]) =>
  new PlatformError({
    id: 'cleanup-unknown',
    kind: 'usage',
    message: `${environment} has left nothing called ${id}`,
    remedy: left.length > 0 ? `choose of: ${left.map((one) => one.id).join(', ')}` : 'there is nothing to clean up',
  });

const notOurs = ({ id, type }: LedgerEntry) =>
  new PlatformError({
    id: 'cleanup-by-hand',
    kind: 'usage',
    message: `${id} (${type}) is of a kind that is not deleted here, because nobody here can tell what is lost with it`,
    remedy: 'delete it in the AWS console, which says what it holds',
  });
