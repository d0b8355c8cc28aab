import { z } from 'zod';
import { monthlyCost } from '../domain/monthly-prices.ts';
import type { Retained } from './destroy-plan.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

const ledgerEntry = z.looseObject({
  /** CloudFormation's, also for what no stack makes, such as a snapshot. */
  type: z.string(),
  /** As a person calls it. */
  id: z.string(),
  /** As CloudFormation knows it, where that is something else. */
  physicalId: z.string().optional(),
  region: z.string(),
  reason: z.string(),
  /** ISO 8601. */
  since: z.string(),
  /** Where it stood: the next deployment takes it back there. */
  stack: z.string().optional(),
  logicalId: z.string().optional(),
  bytes: z.number().optional(),
  /** As its stack described it when it left, values in place. */
  definition: z.record(z.string(), z.unknown()).optional(),
});

/** Something that an environment has left behind and that nothing uses any more, until a deployment takes it back. */
export type LedgerEntry = z.infer<typeof ledgerEntry>;

const keyOf = (environment: string) => `environments/${environment}/ledger.json`;

/** What of an environment stays; nothing when nothing was ever left. Throws `state-unreadable`. */
export async function readLedger(objects: ObjectStore, environment: string): Promise<LedgerEntry[]> {
  const found = await objects.get(keyOf(environment));
  return found ? storedIn(z.array(ledgerEntry), found.body, { objects, key: keyOf(environment) }) : [];
}

/** Only under the lock of the environment. */
export async function writeLedger(
  objects: ObjectStore,
  environment: string,
  entries: readonly LedgerEntry[],
): Promise<void> {
  await objects.put(keyOf(environment), JSON.stringify(entries, undefined, 2));
}

const sameThing = (one: Pick<LedgerEntry, 'type' | 'id' | 'region'>) => `${one.type} ${one.region} ${one.id}`;

/** Both; what was known before keeps the time since when it is there. */
export function mergeLedger(known: readonly LedgerEntry[], found: readonly LedgerEntry[]): LedgerEntry[] {
  const merged = new Map(known.map((entry) => [sameThing(entry), entry]));
  for (const entry of found) {
    const before = merged.get(sameThing(entry));
    merged.set(sameThing(entry), { ...before, ...entry, since: before?.since ?? entry.since });
  }
  return [...merged.values()].sort((a, b) => a.type.localeCompare(b.type, 'en') || a.id.localeCompare(b.id, 'en'));
}

/** As `--json` shows it, with what it costs and how to get rid of it; `flags` lead to the same environment, `removable` says what `cleanup` deletes. */
export function retainedOf(
  entry: LedgerEntry & { goes?: boolean },
  { environment, flags, removable }: { environment: string; flags: string; removable: (entry: LedgerEntry) => boolean },
): Retained {
  const { type, id, region, reason, since, bytes, goes } = entry;
  return {
    type,
    id,
    reason,
    // https://aws.amazon.com/secrets-manager/pricing/: what is marked for deletion is not charged.
    monthlyCost: goes ? 0 : monthlyCost(type, region, bytes),
    region,
    since,
    remove: goes || !removable(entry) ? null : `platform cleanup ${id} ${flags} --confirm ${environment}/${id}`,
  };
}
