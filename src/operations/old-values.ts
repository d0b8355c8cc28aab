import type { SecretVersionsListEntry } from '@aws-sdk/client-secrets-manager';
import type { Session } from '../context.ts';
import { secretReferencesOf } from '../domain/secret-references.ts';
import { contentsOf, hashedContents } from '../release/secret-contents.ts';
import { deployedServices } from './deployed-services.ts';
import { type ServiceTasks, staleTasks } from './stale-tasks.ts';
import { stateOf } from './state-of.ts';

/** A service whose tasks were started with values that have changed since (F-94). */
export interface OldValue {
  service: string;
  secretName: string;
  /** Keys that the service is given and whose values are others now; empty when nobody can tell which. */
  keys: string[];
  /** How many tasks. */
  tasks: number;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/**
 * Which running tasks hold old values of these secrets. A task that is older than a version may still hold what it
 * says: the version that was current when the task began is compared, key by key, with today's.
 */
export async function oldValues(session: Powers, secretNames: readonly string[]): Promise<OldValue[]> {
  const { state } = await stateOf(session);
  const services = await staleTasks(session, await deployedServices(session, state));
  const found = await Promise.all(
    services.flatMap((one) =>
      one.stale
        .filter(({ name }) => secretNames.includes(name))
        .map(async ({ arn, name, tasks }) => {
          const keys = await changedKeys(session, one, arn);
          return keys === undefined || keys.length > 0
            ? [{ service: one.name, secretName: name, keys: keys ?? [], tasks }]
            : [];
        }),
    ),
  );
  return found.flat();
}

/** Undefined when nobody can tell. */
async function changedKeys(
  { aws }: Pick<Session, 'aws'>,
  { definition, running }: ServiceTasks,
  arn: string,
): Promise<string[] | undefined> {
  const references = secretReferencesOf(definition).filter((one) => one.arn === arn);
  const keys = [...new Set(references.map(({ key }) => key))];
  const versions = await aws.secrets.versions(arn);
  const ids = new Set(
    running
      .filter(({ taskDefinitionArn }) => taskDefinitionArn === definition?.taskDefinitionArn)
      .map(({ createdAt }) => versionAt(versions, createdAt)),
  );
  const others = running.some(({ taskDefinitionArn }) => taskDefinitionArn !== definition?.taskDefinitionArn);
  if (others || keys.includes(undefined) || ids.has(undefined)) return undefined;

  const hashed = hashedContents();
  const hashes = async (version?: string) => hashed(contentsOf(arn, (await aws.secrets.value(arn, version))?.text));
  const now = await hashes();
  const before = await Promise.all([...ids].map((id) => hashes(id)));
  if (!now || before.includes(undefined)) return undefined;
  return keys
    .flatMap((key) => (key === undefined ? [] : [key]))
    .filter((key) => before.some((then) => then!.get(key) !== now.get(key)))
    .sort();
}

/** The version that was current at a time, as far as dates say; undefined where stages were moved back since. */
function versionAt(versions: readonly SecretVersionsListEntry[], time: Date | undefined): string | undefined {
  const made = versions
    .filter(({ VersionStages = [] }) => VersionStages.join() !== 'AWSPENDING')
    .toSorted((a, b) => Number(a.CreatedDate) - Number(b.CreatedDate));
  if (!time || !made.at(-1)?.VersionStages?.includes('AWSCURRENT')) return undefined;
  return made.findLast(({ CreatedDate }) => CreatedDate! <= time)?.VersionId;
}
