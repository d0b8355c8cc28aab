import { z } from 'zod';
import { planFileSchema } from './plan-file.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

/**
 * Change sets that `diff --change-set` made under one name, and the plan that they are of: `deploy --change-set` executes
 * them only as long as that is still what would happen.
 */
const madeChangeSets = z.looseObject({
  name: z.string(),
  /** Milliseconds since 1970. */
  madeAt: z.number(),
  principal: z.string(),
  plan: planFileSchema,
  /** By stack: its ARN, absent when making it was cut off, and the parameters that it was made with. */
  stacks: z.record(
    z.string(),
    z.object({ changeSetId: z.string().optional(), parameters: z.record(z.string(), z.string()) }),
  ),
});
export type MadeChangeSets = z.infer<typeof madeChangeSets>;

const keyOf = (environment: string, name: string) => `environments/${environment}/change-sets/${name}.json`;

/** Only under the lock of the environment. */
export async function writeMade(objects: ObjectStore, environment: string, made: MadeChangeSets): Promise<void> {
  await objects.put(keyOf(environment, made.name), JSON.stringify(made));
}

/** Throws `state-unreadable`. */
export async function readMade(
  objects: ObjectStore,
  environment: string,
  name: string,
): Promise<MadeChangeSets | undefined> {
  const key = keyOf(environment, name);
  const found = await objects.get(key);
  const better = `platform diff --env ${environment} --change-set ${name} makes them anew`;
  return found && storedIn(madeChangeSets, found.body, { objects, key, better });
}
