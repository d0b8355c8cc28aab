import { z } from 'zod';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

const pausedService = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  principal: z.string(),
  desired: z.number(),
  /** Of its scalable target; absent where nothing scaled it. */
  scaling: z.object({ min: z.number(), max: z.number(), suspended: z.record(z.string(), z.boolean()) }).optional(),
  /** Its scheduled tasks that were off already, by name. */
  scheduledOff: z.array(z.string()).optional(),
});
export type PausedService = z.infer<typeof pausedService>;

const pausedFunction = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  principal: z.string(),
  /** What was reserved for it; absent where nothing was. */
  concurrency: z.number().optional(),
  /** Whether what starts it was on; absent where nothing does. */
  trigger: z.boolean().optional(),
});
export type PausedFunction = z.infer<typeof pausedFunction>;

const pausedQueue = z.object({
  /** Milliseconds since 1970. */
  at: z.number(),
  principal: z.string(),
  /** Functions that read it until then. */
  functions: z.array(z.string()),
});
export type PausedQueue = z.infer<typeof pausedQueue>;

/**
 * What must stay as it was chosen once, and what only this environment knows. Everything here is either in force in
 * AWS already or must not change by itself: another AZ list would replace subnets (F-12).
 */
const environmentState = z.object({
  /** AZ names in the order of their subnets; grows at the end only. */
  availabilityZones: z.array(z.string()).default([]),
  /** Exact engine version by database. */
  engineVersions: z.record(z.string(), z.string()).default({}),
  /** Listener rule priority by service. */
  rulePriorities: z.record(z.string(), z.number()).default({}),
  /** Certificate ARN by `<region>/<domain>`. */
  certificates: z.record(z.string(), z.string()).default({}),
  /** Which of its secrets CloudFront sends to the load balancer; counts rotations. */
  originVerify: z.number().default(0),
  /** Other values chosen once, by the key of the stacks' wiring. */
  parameters: z.record(z.string(), z.string()).default({}),
  /** Ids and names of the stacks that deployments made: what is no longer configured is found here. */
  stacks: z.record(z.string(), z.object({ name: z.string(), region: z.string() })).default({}),
  /** The newest release that was proven. */
  release: z.string().optional(),
  /** Services that somebody paused, by name: what resuming puts back. */
  paused: z.record(z.string(), pausedService).default({}),
  /** Records that we wrote into zones of the account, by host name: what they lead to. */
  dnsRecords: z.record(z.string(), z.object({ zoneId: z.string(), host: z.string() })).default({}),
  /** Functions that somebody paused, by name. */
  pausedFunctions: z.record(z.string(), pausedFunction).default({}),
  /** Queues that no function is to read, by name. */
  pausedQueues: z.record(z.string(), pausedQueue).default({}),
  /** Functions whose alias was sent back by hand, by name; a deployment sends it forward again. */
  movedAliases: z.record(z.string(), z.object({ version: z.string(), at: z.number() })).default({}),
  /** A deployment that began to change things and has not been proven since. */
  unproven: z.string().optional(),
  /** Which unproven release runs as asked and does not answer as expected, and what it answered. */
  unanswered: z.object({ release: z.string(), text: z.string() }).optional(),
  /** What that was on its way back to, where it was a rollback: running it again must lead to the same release. */
  unprovenRollback: z.object({ to: z.string(), service: z.string().optional() }).optional(),
});
export type EnvironmentState = z.infer<typeof environmentState>;

export const emptyState = (): EnvironmentState => environmentState.parse({});

export async function readState(objects: ObjectStore, environment: string): Promise<EnvironmentState> {
  const found = await objects.get(stateKey(environment));
  if (!found) return emptyState();
  return storedIn(environmentState, found.body, { objects, key: stateKey(environment) });
}

/** Only under the lock of the environment. */
export async function writeState(objects: ObjectStore, environment: string, state: EnvironmentState): Promise<void> {
  await objects.put(stateKey(environment), JSON.stringify(state, undefined, 2));
}

const stateKey = (environment: string) => `environments/${environment}/state.json`;
