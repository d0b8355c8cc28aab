import type { Session } from '../context.ts';
import type { Retained } from '../release/destroy-plan.ts';
import { secretName } from '../release/secret-name.ts';
import type { Standing } from './read-standing.ts';

/** What a destroyed environment leaves behind, and why: nothing of it is a surprise on the next bill. */
export async function whatStays(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { resources }: Standing,
  stateBucket: string | undefined,
): Promise<Retained[]> {
  const kept = resources
    .filter(({ fate }) => fate === 'retained')
    .map(({ type, physicalId }) => stays(type, physicalId, 'kept when its stack is deleted'));
  const snapshots = await Promise.all(
    resources
      .filter(({ fate }) => fate === 'snapshot')
      .map(async ({ type, physicalId, region }) => {
        const { rds } = aws.in(region);
        const ids =
          type === 'AWS::RDS::DBCluster'
            ? await rds.clusterSnapshots(physicalId)
            : await rds.instanceSnapshots(physicalId);
        return ids.map((id) => stays('RDS snapshot', id, `of ${physicalId}`));
      }),
  );
  const secrets = await Promise.all(
    Object.entries(environment.blocks.secrets).map(async ([name, { source }]) => {
      const id = secretName(environment, name);
      // Somebody else's are none of ours to speak of, and those of a stack are among its resources.
      if (source === 'existing' || resources.some(({ physicalId }) => physicalId.includes(id))) return [];
      const found = await aws.secrets.describe(id);
      const reason = source === 'generated' ? 'its values were made once' : 'its values came from a file of yours';
      return found && !found.DeletedDate ? [stays('AWS::SecretsManager::Secret', found.Name!, reason)] : [];
    }),
  );
  return [
    ...kept,
    ...snapshots.flat(),
    ...secrets.flat(),
    ...(stateBucket ? [stays('AWS::S3::Bucket', stateBucket, 'holds the releases of this project')] : []),
  ];
}

const stays = (type: string, id: string, reason: string): Retained => ({ type, id, reason, monthlyCost: null });
