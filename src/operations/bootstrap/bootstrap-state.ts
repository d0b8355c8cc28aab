import type { Aws } from '../../aws/aws.ts';
import { bootstrapStackName, bootstrapVersionParameter, stagingBucketName } from '../../domain/bootstrap-names.ts';
import { handlingOf } from '../../domain/stack-status.ts';

/** toolkit-lib deploys with 6; DescribeEvents, which tells why early validation refused, is granted from 30 on (F-15). */
export const GOOD_VERSION = 30;
/** Below it, somebody else's bucket of the expected name would be used (F-28). */
export const SAFE_VERSION = 21;

/**
 * How the CDK bootstrap of one region stands.
 * `missing` F-21 · `outdated` F-24 · `shell` F-25, a first creation that failed · `busy` something is under way
 * · `stuck` F-25, only a person can decide · `bucket-lost` F-22 · `bucket-orphaned` F-23
 */
export interface BootstrapState {
  readonly region: string;
  readonly stackName: string;
  readonly bucket: string;
  readonly version?: number;
  readonly status?: string;
  readonly condition:
    | 'healthy'
    | 'missing'
    | 'outdated'
    | 'shell'
    | 'busy'
    | 'stuck'
    | 'bucket-lost'
    | 'bucket-orphaned';
}

/** Reads only: the stack, its version parameter, and the bucket itself, which the other two can outlive. */
export async function bootstrapState(aws: Aws, qualifier: string): Promise<BootstrapState> {
  const { account, region } = aws;
  const stackName = bootstrapStackName(qualifier);
  const bucket = stagingBucketName(qualifier, account, region);
  const [stack, parameter, held] = await Promise.all([
    aws.cloudFormation.stack(stackName),
    aws.ssm.parameter(bootstrapVersionParameter(qualifier)),
    aws.s3.bucket(bucket),
  ]);
  const version = parameter === undefined ? undefined : Number(parameter);
  const status = stack?.StackStatus;
  const seen = {
    region,
    stackName,
    bucket,
    ...(version === undefined ? {} : { version }),
    ...(status === undefined ? {} : { status }),
  };
  return { ...seen, condition: conditionOf(status, version, held !== undefined) };
}

function conditionOf(
  status: string | undefined,
  version: number | undefined,
  bucket: boolean,
): BootstrapState['condition'] {
  // Somebody bootstrapped with this qualifier under a stack name of their own.
  if (status === undefined && version !== undefined) {
    if (!bucket) return 'bucket-lost';
    return version < GOOD_VERSION ? 'outdated' : 'healthy';
  }
  const { action } = handlingOf(status);
  switch (action) {
    case 'create':
      return bucket ? 'bucket-orphaned' : 'missing';
    case 'wait':
      return 'busy';
    case 'recreate':
    case 'discard':
      return 'shell';
    case 'update':
      if (!bucket) return 'bucket-lost';
      return version === undefined || version < GOOD_VERSION ? 'outdated' : 'healthy';
    default:
      return 'stuck';
  }
}
