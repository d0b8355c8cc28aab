import type { Aws } from '../../aws/aws.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { LedgerEntry } from '../../release/ledger.ts';

interface LeftLook {
  /** Where its service tells them. */
  bytes?: number;
  /** What is lost with it. */
  holds?: string;
  /** It is on its way out, and goes by itself. */
  goes?: boolean;
}

/** What can be looked at, and mostly deleted, once nothing uses it any more. */
interface LeftThing {
  /** Undefined when it is gone. */
  look(aws: Aws, id: string): Promise<LeftLook | undefined>;
  /** Absent: only a person can tell what is lost with it. */
  remove?(aws: Aws, id: string, say: (detail: string) => void): Promise<void>;
}

const RECOVERY_DAYS = 7;

const thereIf = (there: boolean): LeftLook | undefined => (there ? {} : undefined);

const snapshotOf = (kind: 'cluster' | 'instance'): LeftThing => ({
  look: async ({ rds }, id) => ((await rds.snapshot(kind, id)) ? {} : undefined),
  remove: ({ rds }, id) => rds.deleteSnapshot(kind, id),
});

const THINGS: Readonly<Record<string, LeftThing>> = {
  'AWS::S3::Bucket': {
    look: async ({ s3 }, id) => {
      const held = (await s3.bucket(id)) === 'exists' ? await s3.contents(id) : undefined;
      return held && { bytes: held.bytes, holds: `${held.versions} object versions` };
    },
    remove: async ({ s3 }, id, say) => {
      await s3.emptyBucket(id, (count) => say(`${count} versions deleted`));
      await s3.deleteBucket(id);
    },
  },
  'AWS::ECR::Repository': {
    look: async ({ ecr }, id) => {
      if (!(await ecr.repository(id))) return undefined;
      const images = await ecr.images(id);
      const bytes = images.reduce((sum, { imageSizeInBytes = 0 }) => sum + imageSizeInBytes, 0);
      return { bytes, holds: `${images.length} images` };
    },
    remove: ({ ecr }, id) => ecr.deleteRepository(id),
  },
  'AWS::SecretsManager::Secret': {
    look: async ({ secrets }, id) => {
      const found = await secrets.describe(id);
      return found && { holds: 'its value', ...(found.DeletedDate ? { goes: true } : {}) };
    },
    remove: ({ secrets }, id) => secrets.scheduleDeletion(id, RECOVERY_DAYS),
  },
  'AWS::SQS::Queue': {
    look: async ({ sqs }, url) => {
      const messages = await sqs.messages(url);
      return messages === undefined ? undefined : { holds: `about ${messages} messages` };
    },
    remove: ({ sqs }, url) => sqs.deleteQueue(url),
  },
  'AWS::Logs::LogGroup': {
    look: async ({ logs }, id) => {
      const group = (await logs.groups(id)).find(({ logGroupName }) => logGroupName === id);
      return group && { bytes: group.storedBytes ?? 0, holds: 'its log events' };
    },
    remove: ({ logs }, id) => logs.deleteGroup(id),
  },
  'AWS::RDS::DBCluster': { look: async ({ rds }, id) => ((await rds.cluster(id)) ? { holds: 'its data' } : undefined) },
  'AWS::RDS::DBInstance': {
    look: async ({ rds }, id) => ((await rds.instance(id)) ? { holds: 'its data' } : undefined),
  },
  'AWS::RDS::DBSubnetGroup': {
    look: async ({ rds }, id) => thereIf(await rds.hasSubnetGroup(id)),
    remove: ({ rds }, id) => rds.deleteSubnetGroup(id),
  },
  'AWS::RDS::DBClusterParameterGroup': {
    look: async ({ rds }, id) => thereIf(await rds.hasParameterGroup('cluster', id)),
  },
  'AWS::RDS::DBParameterGroup': { look: async ({ rds }, id) => thereIf(await rds.hasParameterGroup('instance', id)) },
  'AWS::EC2::SecurityGroup': {
    look: async ({ ec2 }, id) => thereIf((await ec2.securityGroup(id)) !== undefined),
    remove: ({ ec2 }, id) => ec2.deleteSecurityGroup(id),
  },
  'AWS::Lambda::Function': {
    look: async ({ lambda }, id) => thereIf((await lambda.configuration(id, '$LATEST')) !== undefined),
    remove: async ({ lambda }, id) => {
      if (!(await lambda.deleteFunction(id))) throw stillCopied(id);
    },
  },
  'AWS::IAM::Role': { look: async ({ iam }, id) => thereIf((await iam.role(id)) !== undefined) },
  'AWS::RDS::DBClusterSnapshot': snapshotOf('cluster'),
  'AWS::RDS::DBSnapshot': snapshotOf('instance'),
};

/** Undefined for what is gone, or back in a stack; a type that nobody here knows is taken to be there. */
export async function lookAtLeft(
  aws: Aws,
  entry: LedgerEntry,
): Promise<(LedgerEntry & { holds?: string; goes?: boolean }) | undefined> {
  const regional = aws.in(entry.region);
  const thing = THINGS[entry.type];
  const physicalId = entry.physicalId ?? entry.id;
  const [found, owner] = await Promise.all([
    // What nobody here can look at is taken to be there.
    thing ? thing.look(regional, physicalId) : {},
    regional.cloudFormation.ownerOf(physicalId),
  ]);
  if (!found || owner !== undefined) return undefined;
  const look: LeftLook = found;
  return {
    ...entry,
    ...look,
    ...(look.goes ? { reason: 'scheduled for deletion, can be restored until it is gone' } : {}),
  };
}

export const isRemovable = ({ type }: LedgerEntry): boolean => THINGS[type]?.remove !== undefined;

export async function removeLeft(
  aws: Aws,
  { type, id, physicalId, region }: LedgerEntry,
  say: (detail: string) => void,
) {
  await THINGS[type]!.remove!(aws.in(region), physicalId ?? id, say);
}

/** F-114: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-delete-replicas.html */
const stillCopied = (name: string) =>
  new PlatformError({
    id: 'edge-replicas',
    kind: 'pending',
    message: `${name} cannot be deleted yet: CloudFront still has copies of it at its edges, and takes them away by itself some hours after the last site that used it was changed or deleted (F-114)`,
    remedy: 'the same command again in some hours; until then it costs nothing',
  });
