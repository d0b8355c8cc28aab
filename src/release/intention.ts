import { z } from 'zod';
import type { WantedParameter } from './plan.ts';
import { recordedRollback, recordedStack, stackKept } from './release-record.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

/** A stack as a deployment set out to leave it. */
const intendedStack = z.looseObject({
  id: z.string(),
  name: z.string(),
  region: z.string(),
  action: z.string(),
  ...stackKept,
  /** Values that are known, and whose outputs give the others. */
  sources: z.record(
    z.string(),
    z.custom<WantedParameter>((value) => typeof value === 'object' && value !== null),
  ),
});
export type IntendedStack = z.infer<typeof intendedStack>;

/**
 * What a deployment or a rollback is about to do, written before it does anything: whoever finds it cut off can tell
 * whether what stands now is what was wanted, and prove it, without the configuration and the commit that it came from.
 */
const intention = z.looseObject({
  /** The release that it would be. */
  id: z.string(),
  environment: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  principal: z.string(),
  host: z.string(),
  commit: z.string().optional(),
  dirty: z.boolean().optional(),
  version: z.string(),
  /** `<repository>@sha256:…` by component. */
  images: z.record(z.string(), z.string()),
  /** What was asked for with `--image`, so that it can be asked for again. */
  asked: z.record(z.string(), z.string()),
  /** What has to run in the end. */
  services: z.array(z.string()),
  /** Releases of the files of sites that it brings up; null: they are built when its stacks stand. */
  sites: z.record(z.string(), z.string().nullable()).optional(),
  rollback: recordedRollback.optional(),
  /** Stacks that it leaves alone without a look, as the release before recorded them. */
  others: z.array(recordedStack).optional(),
  /** In the order of a deployment. */
  stacks: z.array(intendedStack),
});
export type Intention = z.infer<typeof intention>;

const keyOf = (environment: string) => `environments/${environment}/intention.json`;

/** Only under the lock of the environment. */
export async function writeIntention(objects: ObjectStore, said: Intention): Promise<void> {
  await objects.put(keyOf(said.environment), JSON.stringify(said));
}

/** The newest; its release may have been proven long since. Throws `state-unreadable`. */
export async function readIntention(objects: ObjectStore, environment: string): Promise<Intention | undefined> {
  const found = await objects.get(keyOf(environment));
  const better = `platform deploy --env ${environment} writes it anew`;
  return found && storedIn(intention, found.body, { objects, key: keyOf(environment), better });
}
