import type { Aws } from '../../aws/aws.ts';
import { type StandingResource, standingResources } from '../../release/destroy-plan.ts';
import type { LiveNamedStack } from './live-stacks.ts';

export interface Standing {
  stacks: (LiveNamedStack & { id: string })[];
  resources: (StandingResource & { region: string })[];
  /** Databases with deletion protection on, which a deletion would stumble over (F-85). */
  protectedDatabases: (StandingResource & { region: string })[];
  /** Buckets that go with their stack and are not empty (F-137). */
  fullBuckets: (StandingResource & { region: string; versions: number; bytes: number; uploads: number })[];
}

/** What stands in these stacks, and what of it stands in the way of deleting them. */
export async function readStanding(aws: Aws, stacks: ReadonlyMap<string, LiveNamedStack>): Promise<Standing> {
  const listed = [...stacks].map(([id, stack]) => ({ ...stack, id }));
  const resources = (
    await Promise.all(
      listed.map(async ({ id, stackName, region, template }) =>
        standingResources(id, template, await aws.in(region).cloudFormation.resources(stackName)).map((one) => ({
          ...one,
          region,
        })),
      ),
    )
  ).flat();

  const databases = resources.filter(({ type, fate }) => isDatabase(type) && fate !== 'retained');
  const protection = await Promise.all(databases.map(async (one) => isProtected(aws.in(one.region), one)));
  const buckets = resources.filter(({ type, fate }) => type === 'AWS::S3::Bucket' && fate === 'deleted');
  const contents = await Promise.all(buckets.map(async (one) => aws.in(one.region).s3.contents(one.physicalId)));
  return {
    stacks: listed,
    resources,
    protectedDatabases: databases.filter((_, index) => protection[index]),
    fullBuckets: buckets.flatMap((one, index) => {
      const held = contents[index];
      return held && held.versions + held.uploads > 0 ? [{ ...one, ...held }] : [];
    }),
  };
}

const isDatabase = (type: string): boolean => type === 'AWS::RDS::DBCluster' || type === 'AWS::RDS::DBInstance';

async function isProtected({ rds }: Aws, { type, physicalId }: StandingResource): Promise<boolean> {
  const found = type === 'AWS::RDS::DBCluster' ? await rds.cluster(physicalId) : await rds.instance(physicalId);
  return found?.DeletionProtection ?? false;
}
