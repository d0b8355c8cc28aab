import type { Aws } from '../../aws/aws.ts';
import { importable } from '../../release/import-definition.ts';
import type { LedgerEntry } from '../../release/ledger.ts';
import type { Plan, PlannedStack } from '../../release/plan.ts';
import { resolveTemplate, type Template } from '../../release/resolve-template.ts';
import { lookAtLeft } from '../destroy/left-things.ts';
import { isKept, type Leftover } from './find-leftovers.ts';

/**
 * What an import calls them by: the primary identifiers of CloudFormation's resource schemas. Mostly types whose names
 * CloudFormation makes up.
 */
const IMPORTED: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'Id',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::RDS::DBCluster': 'DBClusterIdentifier',
  'AWS::RDS::DBClusterParameterGroup': 'DBClusterParameterGroupName',
  'AWS::RDS::DBInstance': 'DBInstanceIdentifier',
  'AWS::RDS::DBParameterGroup': 'DBParameterGroupName',
  'AWS::RDS::DBSubnetGroup': 'DBSubnetGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SecretsManager::Secret': 'Id',
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
      const left = await lookAtLeft(aws, entry);
      if (!left) return [];
      const wanted: Template = resolveTemplate(stack.template, stack.parameters).Resources[logicalId];
      return [
        {
          ...{ stack: stack.id, name: id, logicalId, type, adoptable: true },
          deleted: left.goes ?? false,
          importAs: { [property]: physicalId },
          definition: importable((entry.definition as Template | undefined) ?? wanted),
        },
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
  const definition: Template = resolveTemplate(stack.template, stack.parameters).Resources[policy];
  return [
    {
      ...{ stack: stack.id, name: `the policy of ${bucket}`, logicalId: policy, type, adoptable: true },
      deleted: false,
      importAs: { Bucket: bucket },
      definition,
    },
  ];
}

/** About to be made, and of a kind that stays when its stack goes. */
const isNew = ({ action, changes, template }: PlannedStack, logicalId: string): boolean =>
  action !== 'none' &&
  action !== 'delete' &&
  changes.some(({ id, change }) => id === logicalId && change === 'add') &&
  isKept(template.Resources?.[logicalId]);
