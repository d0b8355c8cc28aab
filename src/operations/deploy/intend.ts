import { hostname } from 'node:os';
import type { Session } from '../../context.ts';
import { type Intention, writeIntention } from '../../release/intention.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { keptOf } from './record-release.ts';

type Said =
  | 'id'
  | 'startedAt'
  | 'commit'
  | 'dirty'
  | 'version'
  | 'images'
  | 'asked'
  | 'services'
  | 'sites'
  | 'rollback'
  | 'others';

/**
 * Leaves word of what is about to be done, before it is and again when more of it is known: `deploy --attach` tells by it
 * what was wanted. Only under the lock of the environment.
 */
export async function intend(
  { environment, target }: Pick<Session, 'environment' | 'target'>,
  { prepared, ...said }: Pick<Intention, Said> & { prepared: PreparedRelease },
): Promise<void> {
  const { id, startedAt, commit, dirty, version, images, asked, services, sites, rollback, others } = said;
  await writeIntention(prepared.access.objects, {
    id,
    environment: environment.name,
    startedAt,
    principal: target.principal,
    host: hostname(),
    ...(commit ? { commit } : {}),
    ...(dirty === undefined ? {} : { dirty }),
    version,
    images,
    asked,
    services,
    ...(sites && Object.keys(sites).length > 0 ? { sites } : {}),
    ...(rollback ? { rollback } : {}),
    ...(others && others.length > 0 ? { others } : {}),
    stacks: prepared.plan.stacks.map((stack) => ({
      id: stack.id,
      name: stack.stackName,
      region: stack.region,
      action: stack.action,
      sources: stack.sources,
      ...keptOf(prepared, stack.id),
    })),
  });
}
