import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

const auditEntry = z.looseObject({
  /** ISO 8601. */
  at: z.string(),
  /** `unprotected`, `rearmed` … */
  event: z.string(),
  /** `databases.main`. */
  thing: z.string(),
  /** ARN, as STS says. */
  principal: z.string(),
  host: z.string(),
});
/** What somebody did to an environment beside a release, as the team reads it later. Never a secret. */
export type AuditEntry = z.infer<typeof auditEntry>;

/** Adds to the trail of an environment: an object for each entry, written only where there is none, so nothing is overwritten. */
export async function writeAudit(objects: ObjectStore, environment: string, entry: AuditEntry): Promise<void> {
  const key = `${prefix(environment)}${entry.at}-${entry.event}-${randomUUID().slice(0, 8)}.json`;
  await objects.putIfAbsent(key, JSON.stringify(entry, undefined, 2));
}

/** The newest entries, of one event or of all, oldest first. Throws `state-unreadable`. */
export async function readAudit(
  objects: ObjectStore,
  environment: string,
  most = 50,
  event?: string,
): Promise<AuditEntry[]> {
  const listed = await objects.list(prefix(environment));
  const keys = listed.filter((key) => event === undefined || key.includes(`Z-${event}-`)).slice(-most);
  const found = await Promise.all(keys.map((key) => objects.get(key)));
  return found.flatMap((one, index) => (one ? [storedIn(auditEntry, one.body, { objects, key: keys[index]! })] : []));
}

const prefix = (environment: string) => `environments/${environment}/audit/`;
