import { z } from 'zod';
import { PlatformError } from '../errors/platform-error.ts';
import { BEAT_EVERY_MS } from './lock.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

/**
 * The promise to protect a database again. It is written before the protection is lifted and taken away after it is
 * back, so that whatever dies in between, the next command of anybody finds it.
 */
const lease = z.object({
  id: z.string(),
  /** `databases.main`. */
  thing: z.string(),
  resource: z.object({
    type: z.enum(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']),
    id: z.string(),
    region: z.string(),
  }),
  /** What is to be put back. */
  was: z.object({ deletionProtection: z.boolean() }),
  reason: z.string(),
  /** ARN, as STS says. */
  principal: z.string(),
  host: z.string(),
  /** What it is held by: a process that beats, or nothing but the time. */
  holder: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('time') }),
    z.object({
      kind: z.literal('process'),
      command: z.string(),
      beatAt: z.number(),
      /** Enough to tell it from a later process of its number, and from one of another machine or container. */
      pid: z.number(),
      began: z.string().optional(),
      space: z.string().optional(),
    }),
  ]),
  /** Milliseconds since 1970, all of them. */
  takenAt: z.number(),
  until: z.number(),
  /** Somebody is putting the protection back right now. */
  rearming: z.object({ by: z.string(), at: z.number() }).optional(),
});
export type Lease = z.infer<typeof lease>;
const leases = z.object({ leases: z.array(lease) });

/** Five beats missed, as with the lock: its process is gone. */
const SILENT_AFTER_MS = 5 * BEAT_EVERY_MS;
/** Protection is put back within seconds; whoever said so and did not is gone. */
const REARMING_FOR_MS = 60_000;
/** Each lost race means that somebody else has got on. */
const MOST_TRIES = 20;

/** The leases of an environment that nobody has ended. One request, and none further where there never was one. */
export async function readLeases(objects: ObjectStore, environment: string): Promise<Lease[]> {
  return (await read(objects, environment)).leases;
}

/**
 * Rewrites the list on condition that nobody has in the meantime; `change` is asked again where somebody has. Answers
 * with the new list, or undefined when `change` wants nothing.
 */
export async function changeLeases(
  objects: ObjectStore,
  environment: string,
  change: (current: readonly Lease[]) => readonly Lease[] | undefined,
): Promise<readonly Lease[] | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { leases: current, etag } = await read(objects, environment);
    const next = change(current);
    if (next === undefined) return undefined;
    const body = JSON.stringify({ leases: next }, undefined, 2);
    const key = leasesKey(environment);
    const written = etag ? await objects.putIfMatch(key, body, etag) : await objects.putIfAbsent(key, body);
    if (written) return next;
  }
  throw contended(environment);
}

type HoldingProcess = Extract<Lease['holder'], { kind: 'process' }>;

/** Why a lease is to be ended by whoever comes along, or undefined while it holds. */
export function overdue(
  { holder, until }: Lease,
  { now, isAlive }: { now: number; isAlive: (process: HoldingProcess) => boolean | undefined },
): 'expired' | 'orphaned' | undefined {
  if (now >= until) return 'expired';
  if (holder.kind === 'time') return undefined;
  const alive = isAlive(holder) ?? now - holder.beatAt <= SILENT_AFTER_MS;
  return alive ? undefined : 'orphaned';
}

export const isBeingRearmed = ({ rearming }: Lease, now: number): boolean =>
  rearming !== undefined && now - rearming.at < REARMING_FOR_MS;

export const isOf =
  (resource: Lease['resource']) =>
  ({ resource: { type, id, region } }: Lease): boolean =>
    type === resource.type && id === resource.id && region === resource.region;

async function read(objects: ObjectStore, environment: string): Promise<{ leases: Lease[]; etag?: string }> {
  const found = await objects.get(leasesKey(environment));
  if (!found) return { leases: [] };
  const key = leasesKey(environment);
  return { leases: storedIn(leases, found.body, { objects, key }).leases, etag: found.etag };
}

const leasesKey = (environment: string) => `environments/${environment}/leases.json`;

const contended = (environment: string) =>
  new PlatformError({
    id: 'leases-contended',
    kind: 'failed',
    message: `The leases of ${environment} changed each of ${MOST_TRIES} times that they were to be written`,
    remedy: 'run this again when fewer commands are under way',
  });
