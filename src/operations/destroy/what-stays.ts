import type { Session } from '../../context.ts';
import { environmentSecrets } from '../../release/environment-secrets.ts';
import { definitionsOf } from '../../release/import-definition.ts';
import type { LedgerEntry } from '../../release/ledger.ts';
import { secretName } from '../../release/secret-name.ts';
import type { Standing } from '../stacks/read-standing.ts';

/** What a destroyed environment leaves behind, and why: nothing of it is a surprise on the next bill. Sizes are looked up later. */
export async function whatStays(
  { aws, clock, environment, target }: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
  { stacks, resources }: Standing,
): Promise<LedgerEntry[]> {
  const since = new Date(clock.now()).toISOString();
  const definitions = new Map(stacks.map(({ id, template, parameters }) => [id, definitionsOf(template, parameters)]));
  const kept = resources
    .filter(({ fate, type }) => fate === 'retained' && !PARTS.has(type))
    .map(({ type, physicalId, region, stack, logicalId }) => ({
      type,
      id: thingId(type, physicalId),
      physicalId,
      region,
      since,
      reason: 'kept when its stack is deleted',
      stack,
      logicalId,
      definition: definitions.get(stack)?.[logicalId],
    }));
  const snapshots = await Promise.all(
    resources
      .filter(({ type, fate }) => fate !== 'retained' && DATABASES.has(type))
      .map(async ({ type, physicalId, region }) => {
        const { rds } = aws.in(region);
        const cluster = type === 'AWS::RDS::DBCluster';
        const ids = cluster ? await rds.clusterSnapshots(physicalId) : await rds.instanceSnapshots(physicalId);
        return ids.map((id) => ({
          type: cluster ? 'AWS::RDS::DBClusterSnapshot' : 'AWS::RDS::DBSnapshot',
          id,
          region,
          since,
          reason: `of ${physicalId}`,
        }));
      }),
  );
  const secretThere = async (id: string, reason: string): Promise<LedgerEntry[]> => {
    const found = await aws.secrets.describe(id);
    if (!found || found.DeletedDate) return [];
    const { Name, ARN } = found;
    return [{ type: 'AWS::SecretsManager::Secret', region: target.region, since, reason, id: Name!, physicalId: ARN! }];
  };
  const secrets = await Promise.all(
    Object.entries(environment.blocks.secrets).map(([name, { source }]) => {
      const id = secretName(environment, name);
      // Somebody else's are none of ours to speak of, and those of a stack are among its resources.
      if (source === 'existing' || resources.some(({ physicalId }) => physicalId.includes(id))) return [];
      return secretThere(
        id,
        source === 'generated' ? 'its values were made once' : 'its values came from a file of yours',
      );
    }),
  );
  const logins = await Promise.all(
    environmentSecrets(environment).map(({ name, secretName: id }) => {
      const [kind, database = ''] = name.split('.');
      if (kind !== 'databases' || environment.blocks.databases[database]?.engine !== 'shared') return [];
      return secretThere(id, 'the login of a database that stays in its provider’s cluster');
    }),
  );
  return [...kept, ...snapshots.flat(), ...secrets.flat(), ...logins.flat()];
}

export const DATABASES: ReadonlySet<string> = new Set(['AWS::RDS::DBCluster', 'AWS::RDS::DBInstance']);

/**
 * What stays on something else that stays; task definitions, which cost nothing and by which ECS goes on counting
 * the revisions of a family; and versions, which go with their function.
 */
export const PARTS: ReadonlySet<string> = new Set([
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::ECS::TaskDefinition',
  'AWS::Lambda::Version',
]);

/** A secret by its name, and not by its ARN with six letters of chance; a queue by its name, and not by its URL. */
export function thingId(type: string, physicalId: string): string {
  if (type === 'AWS::SecretsManager::Secret') return /:secret:(.+)-[A-Za-z0-9]{6}$/.exec(physicalId)?.[1] ?? physicalId;
  return type === 'AWS::SQS::Queue' ? physicalId.split('/').at(-1)! : physicalId;
}
