import type { Aws } from '../aws/aws.ts';
import type { LedgerEntry } from '../release/ledger.ts';
import type { Plan, PlannedStack } from '../release/plan.ts';
import type { Template } from '../release/resolve-template.ts';
import { isSelfContained, type Leftover } from './find-leftovers.ts';
import { lookAtLeft } from './left-things.ts';

/** Types whose names CloudFormation makes up, and what an import calls them by. */
const IMPORTED: Readonly<Record<string, string>> = {
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueUrl',
};

/**
 * What the ledger knows to have stood where the plan is about to make such a thing: nothing about a new one's name would
 * find it. With a bucket comes the policy that stayed on it, which a second one would stumble over. Only reads.
 */
export async function findOwnLeftovers(
  aws: Aws,
  { stacks }: Plan,
  ledger: readonly LedgerEntry[],
): Promise<Leftover[]> {
  const found = await Promise.all(
    ledger.map(async (entry): Promise<Leftover[]> => {
      const { type, id, physicalId = id, region, logicalId } = entry;
      const stack = stacks.find((one) => one.id === entry.stack && one.region === region);
      const property = IMPORTED[type];
      if (!property || !stack || !logicalId || !isNew(stack, logicalId)) return [];
      if (!isSelfContained(stack.template.Resources[logicalId]) || !(await lookAtLeft(aws, entry))) return [];
      const common = { stack: stack.id, name: id, deleted: false, adoptable: true };
      return [
        { ...common, logicalId, type, importAs: { [property]: physicalId } },
        ...(type === 'AWS::S3::Bucket' ? await policyOf(aws.in(region), { stack, logicalId, bucket: id }) : []),
      ];
    }),
  );
  return found.flat();
}

async function policyOf(
  { s3 }: Aws,
  { stack, logicalId, bucket }: { stack: PlannedStack; logicalId: string; bucket: string },
): Promise<Leftover[]> {
  const [policy] =
    Object.entries<Template>(stack.template.Resources).find(
      ([, { Type, Properties }]) => Type === 'AWS::S3::BucketPolicy' && Properties?.Bucket?.Ref === logicalId,
    ) ?? [];
  if (!policy || !isNew(stack, policy) || (await s3.policy(bucket)) === undefined) return [];
  const type = 'AWS::S3::BucketPolicy';
  const name = `the policy of ${bucket}`;
  return [
    { stack: stack.id, name, deleted: false, adoptable: true, logicalId: policy, type, importAs: { Bucket: bucket } },
  ];
}

const KEPT = new Set(['Retain', 'RetainExceptOnCreate']);

/** About to be made, and of a kind that an import takes: it wants a deletion policy that keeps. */
const isNew = ({ action, changes, template }: PlannedStack, logicalId: string): boolean =>
  action !== 'none' &&
  action !== 'delete' &&
  changes.some(({ id, change }) => id === logicalId && change === 'add') &&
  KEPT.has(template.Resources?.[logicalId]?.DeletionPolicy);
