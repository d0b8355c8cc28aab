import type { Session } from '../../context.ts';
import { secretReferencesOf } from '../../domain/secrets/secret-references.ts';
import { type VersionMove, versionsAt } from '../../domain/secrets/secret-timeline.ts';
import { contentsOf, hashedContents } from '../../release/secret-contents.ts';
import type { ServiceTasks } from '../services/stale-tasks.ts';

export interface ChangedKeys {
  /** Their values are others now. */
  changed: string[];
  /** The secret no longer has them, so that no fresh task would start (F-44). */
  gone: string[];
}

/**
 * Keys that a service is given and that are not what they were when its tasks began: the version that was current then
 * is compared, key by key, with today's. Undefined when nobody can tell.
 */
export async function changedKeys(
  { aws }: Pick<Session, 'aws'>,
  { definition, running }: Pick<ServiceTasks, 'definition' | 'running'>,
  { arn, moves }: { arn: string; moves: readonly VersionMove[] },
): Promise<ChangedKeys | undefined> {
  const references = secretReferencesOf(definition).filter((one) => one.arn === arn);
  const keys = [...new Set(references.map(({ key }) => key))];
  const versions = await aws.secrets.versions(arn);
  const ids = new Set(
    running
      .filter(({ taskDefinitionArn }) => taskDefinitionArn === definition?.taskDefinitionArn)
      .flatMap(({ createdAt }) => versionsAt(versions, moves, createdAt) ?? [undefined]),
  );
  const others = running.some(({ taskDefinitionArn }) => taskDefinitionArn !== definition?.taskDefinitionArn);
  if (others || keys.includes(undefined) || ids.has(undefined)) return undefined;

  const hashed = hashedContents();
  const hashes = async (version?: string) => hashed(contentsOf(arn, (await aws.secrets.readable(arn, version))?.text));
  const now = await hashes();
  const before = await Promise.all([...ids].map((id) => hashes(id)));
  if (!now || before.includes(undefined)) return undefined;
  const different = keys
    .flatMap((key) => (key === undefined ? [] : [key]))
    .filter((key) => before.some((then) => then!.get(key) !== now.get(key)))
    .sort();
  return { changed: different.filter((key) => now.has(key)), gone: different.filter((key) => !now.has(key)) };
}
