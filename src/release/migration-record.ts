import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import type { ObjectStore } from './state-bucket.ts';
import { storedIn } from './stored-object.ts';

/** What a migration brought to where. */
const source = z.object({
  /** `<repository>@sha256:…` of the image that ran. */
  image: z.string(),
  /** The commands of `before` and `up`, word by word. */
  commands: z.array(z.array(z.string())),
  /** Identifier in RDS by database. */
  databases: z.record(z.string(), z.string()),
  /** ARN of the stack that the databases are in: another one holds other databases, whatever their names. */
  stack: z.string(),
});
export type MigrationSource = z.infer<typeof source>;

const migrationRecord = z.looseObject({
  action: z.enum(['up', 'down']),
  /** Milliseconds since 1970. */
  at: z.number(),
  principal: z.string(),
  task: z.string(),
  simulated: z.boolean(),
  source,
});
/** The newest migration of an environment that ended well; written under its migration lock. */
export type MigrationRecord = z.infer<typeof migrationRecord>;

/** Undefined when nothing was migrated yet. Throws `state-unreadable`: what was taken back may not be migrated again unasked. */
export async function readMigration(objects: ObjectStore, environment: string): Promise<MigrationRecord | undefined> {
  const found = await objects.get(key(environment));
  return found && storedIn(migrationRecord, found.body, { objects, key: key(environment) });
}

export const writeMigration = (objects: ObjectStore, environment: string, record: MigrationRecord): Promise<void> =>
  objects.put(key(environment), JSON.stringify(record, undefined, 2));

const key = (environment: string) => `environments/${environment}/migration.json`;

/** A source of which some parts are only known once stacks are deployed. */
export type ExpectedSource = Pick<MigrationSource, 'commands'> & {
  image: string | undefined;
  databases: Record<string, string | undefined>;
  stack: string | undefined;
};

/** Why this has to be migrated, in the words of a person; undefined when the newest migration was the same. */
export function whyToMigrate(newest: MigrationRecord | undefined, wanted: ExpectedSource): string | undefined {
  if (!newest) return 'nothing was migrated here yet';
  if (newest.action === 'down') return 'the newest migration was taken back';
  const { source: before } = newest;
  const same = (a: unknown, b: unknown) => canonicalJson(a) === canonicalJson(b);
  if (wanted.stack !== before.stack || !same(wanted.databases, before.databases)) return 'the database is a new one';
  if (wanted.image !== before.image) return 'the image has changed';
  if (!same(wanted.commands, before.commands)) return 'the commands have changed';
  return undefined;
}
