import { randomUUID } from 'node:crypto';
import type { ObjectStore } from './state-bucket.ts';

/** What somebody did to an environment beside a release, as the team reads it later. Never a secret. */
export interface AuditEntry {
  /** ISO 8601. */
  at: string;
  /** `unprotected`, `rearmed` … */
  event: string;
  /** `databases.main`. */
  thing: string;
  /** ARN, as STS says. */
  principal: string;
  host: string;
  [detail: string]: unknown;
}

/** Adds to the trail of an environment: an object for each entry, written only where there is none, so nothing is overwritten. */
export async function writeAudit(objects: ObjectStore, environment: string, entry: AuditEntry): Promise<void> {
  const key = `${prefix(environment)}${entry.at}-${entry.event}-${randomUUID().slice(0, 8)}.json`;
  await objects.putIfAbsent(key, JSON.stringify(entry, undefined, 2));
}

/** The newest entries, oldest first. */
export async function readAudit(objects: ObjectStore, environment: string, most = 50): Promise<AuditEntry[]> {
  const keys = (await objects.list(prefix(environment))).slice(-most);
  const found = await Promise.all(keys.map((key) => objects.get(key)));
  return found.flatMap((one) => (one ? [JSON.parse(one.body) as AuditEntry] : []));
}

const prefix = (environment: string) => `environments/${environment}/audit/`;
