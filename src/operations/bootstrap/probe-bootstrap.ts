import type { Stack, StackResourceSummary } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../../aws/aws.ts';
import type { Session } from '../../context.ts';
import type { BootstrapFindings } from '../../domain/bootstrap/bootstrap-findings.ts';
import { bootstrapParts, KEY_LOGICAL_ID } from '../../domain/bootstrap/bootstrap-parts.ts';
import { bootstrapStackName } from '../../domain/bootstrap-names.ts';
import { failedResources } from '../../domain/recovery/failed-resources.ts';
import { REPAIR_CHANGE_SET } from '../change-sets/run-change-set.ts';
import { GOOD_VERSION } from './bootstrap-state.ts';
import { probePart } from './probe-part.ts';

/** Looks at a region's bootstrap, part by part. Only reads. */
export async function probeBootstrap(
  { aws, environment, target }: Pick<Session, 'aws' | 'environment' | 'target'>,
  region: string,
): Promise<BootstrapFindings> {
  const { qualifier } = environment.blocks.bootstrap;
  const regional = aws.in(region);
  const stackName = bootstrapStackName(qualifier);
  const stack = await regional.cloudFormation.stack(stackName);
  const resources = stack ? await regional.cloudFormation.resources(stack.StackId!) : [];
  const stackVersion = numberIn(stack?.Outputs?.find(({ OutputKey }) => OutputKey === 'BootstrapVersion')?.OutputValue);
  const living = new Map(resources.filter(isLiving).map((one) => [one.LogicalResourceId!, one.PhysicalResourceId!]));

  const parts = await Promise.all(
    bootstrapParts({ qualifier, account: target.account, region }).map(async (part) => {
      // Somebody may have given the bucket or the repository a name of their own.
      const name = living.get(part.logicalId) ?? part.name;
      const look = await probePart(
        regional,
        { ...part, name },
        {
          principal: target.principal,
          ...(stackVersion === undefined ? {} : { stackVersion }),
        },
      );
      const { id, logicalId, type } = part;
      return { id, logicalId, type, name, owned: living.has(logicalId), ...look };
    }),
  );
  const bucket = parts[0]!;
  const held = bucket.state === 'ok' || bucket.state === 'wrong';
  const version = numberIn(await regional.ssm.parameter(parts.find(({ id }) => id === 'version')!.name));
  const key = await keyState(
    regional,
    living.get(KEY_LOGICAL_ID) ?? (held ? await ownKey(regional, bucket.name) : undefined),
  );
  const elsewhere = stack ? undefined : await regional.cloudFormation.ownerOf(bucket.name);
  return {
    region,
    stackName,
    ...(stack ? { status: stack.StackStatus! } : {}),
    ...(qualifierOf(stack) === undefined ? {} : { qualifier: qualifierOf(stack)! }),
    expectedQualifier: qualifier,
    ...(elsewhere === undefined ? {} : { elsewhere }),
    ...(version === undefined ? {} : { version }),
    ...(stackVersion === undefined ? {} : { stackVersion }),
    neededVersion: GOOD_VERSION,
    parts,
    ...(key === undefined ? {} : { key }),
    bucket: held ? await heldIn(regional, bucket.name) : { versions: 0, uploads: 0, bytes: 0 },
    ...(stack?.StackStatus === 'REVIEW_IN_PROGRESS' ? { begun: await isBegun(regional, stackName) } : {}),
    failed: await failedIn(regional, stack),
  };
}

const isLiving = ({ PhysicalResourceId, ResourceStatus }: StackResourceSummary): boolean =>
  PhysicalResourceId !== undefined && PhysicalResourceId !== '' && !/^DELETE_(COMPLETE|SKIPPED)$/.test(ResourceStatus!);

/** Other variants of the bootstrap template have other parameters. */
const qualifierOf = (stack: Stack | undefined): string | undefined =>
  stack?.Parameters?.find(({ ParameterKey }) => ParameterKey === 'Qualifier')?.ParameterValue;

async function heldIn({ s3 }: Aws, bucket: string): Promise<BootstrapFindings['bucket']> {
  const [contents, uploads] = await Promise.all([s3.contents(bucket), s3.uploads(bucket)]);
  return { versions: contents?.versions ?? 0, bytes: contents?.bytes ?? 0, uploads };
}

/** The key that a bucket is encrypted with, unless it is one of AWS's own. */
async function ownKey({ s3 }: Aws, bucket: string): Promise<string | undefined> {
  const encryption = await s3.encryption(bucket);
  return encryption && !/^(aws:|AES256$)|alias\/aws\//.test(encryption) ? encryption : undefined;
}

/** How the key stands that assets in the bucket are encrypted with; undefined where it is none of the account's own. */
export const assetKey = async (aws: Aws, bucket: string): Promise<BootstrapFindings['key']> =>
  keyState(aws, await ownKey(aws, bucket));

async function keyState({ kms }: Aws, id: string | undefined): Promise<BootstrapFindings['key']> {
  if (id === undefined) return undefined;
  switch ((await kms.key(id))?.KeyState) {
    case undefined:
      return 'gone';
    case 'PendingDeletion':
      return 'pending-deletion';
    case 'Disabled':
      return 'disabled';
    default:
      return 'ok';
  }
}

/** The second name is toolkit-lib's own. */
const isBegun = async ({ cloudFormation }: Aws, stackName: string): Promise<boolean> =>
  (await cloudFormation.changeSetNames(stackName)).every(
    (name) => name === REPAIR_CHANGE_SET || name === 'cdk-deploy-change-set',
  );

async function failedIn({ cloudFormation }: Aws, stack: Stack | undefined): Promise<string[]> {
  const status = stack?.StackStatus ?? '';
  if (!/^(UPDATE_ROLLBACK|ROLLBACK|DELETE)_FAILED$/.test(status)) return [];
  const events = await cloudFormation.events(stack!.StackId!, { limit: 500 });
  return failedResources(status, events).map(({ logicalId }) => logicalId);
}

function numberIn(text: string | undefined): number | undefined {
  const number = Number(text);
  return text === undefined || Number.isNaN(number) ? undefined : number;
}
