import type { Aws } from '../../aws/aws.ts';
import type { PartState } from '../../domain/bootstrap/bootstrap-findings.ts';
import { type BootstrapPart, NEEDED_POLICIES } from '../../domain/bootstrap/bootstrap-parts.ts';
import { trustedBy } from '../../domain/bootstrap/trust.ts';
import { PlatformError } from '../../errors/platform-error.ts';

export interface Look {
  state: PartState;
  detail?: string;
}

const OK: Look = { state: 'ok' };
const MISSING: Look = { state: 'missing' };

/** Looks at one part itself: what the stack believes of it may be long past. Only reads. */
export async function probePart(
  aws: Aws,
  part: BootstrapPart,
  { principal, stackVersion }: { principal: string; stackVersion?: number },
): Promise<Look> {
  switch (part.type) {
    case 'AWS::S3::Bucket':
      return probeBucket(aws, part.name);
    case 'AWS::ECR::Repository':
      return (await aws.ecr.repository(part.name)) ? OK : MISSING;
    case 'AWS::SSM::Parameter':
      return probeVersion(aws, part.name, stackVersion);
    default:
      return probeRole(aws, part, principal);
  }
}

async function probeBucket({ s3 }: Aws, name: string): Promise<Look> {
  const bucket = await s3.bucket(name);
  if (bucket === undefined) return MISSING;
  if (bucket === 'foreign') return { state: 'foreign' };
  return (await s3.encryption(name)) === undefined ? { state: 'wrong', detail: 'it is not encrypted' } : OK;
}

async function probeVersion({ ssm }: Aws, name: string, stackVersion: number | undefined): Promise<Look> {
  const value = await ssm.parameter(name);
  if (value === undefined) return MISSING;
  const differs = stackVersion !== undefined && Number(value) !== stackVersion;
  return differs ? { state: 'wrong', detail: `it says ${value}, and its stack has version ${stackVersion}` } : OK;
}

async function probeRole(aws: Aws, { id, name }: BootstrapPart, principal: string): Promise<Look> {
  const arn = `arn:aws:iam::${aws.account}:role/${name}`;
  // CloudFormation alone takes this one on.
  const assumable = id !== 'cfn-exec-role';
  const [look, lets] = await Promise.all([
    lookAtRole(aws, { id, name }, principal),
    assumable ? aws.sts.canAssume(arn) : undefined,
  ]);
  // Who may take it on has seen that it is there, whatever else may not be looked at.
  if (look.state === 'unknown' && lets) return OK;
  if (look.state === 'ok' && lets === false) return { state: 'denied' };
  return look;
}

async function lookAtRole(
  { account, iam }: Aws,
  { id, name }: { id: string; name: string },
  principal: string,
): Promise<Look> {
  try {
    const role = await iam.role(name);
    if (!role) return MISSING;
    const { accounts, services } = trustedBy(decodeURIComponent(role.AssumeRolePolicyDocument ?? ''));
    const lets =
      id === 'cfn-exec-role'
        ? services.includes('cloudformation.amazonaws.com')
        : [account, '*', principal].some((one) => accounts.includes(one));
    if (!lets) return { state: 'wrong', detail: 'its trust policy does not let this account in' };
    const policies = await iam.policiesOf(name);
    const needed = NEEDED_POLICIES[id];
    return needed && !policies.some((one) => needed.test(one))
      ? { state: 'wrong', detail: 'the policy that it works by is gone' }
      : OK;
  } catch (error) {
    if (error instanceof PlatformError && error.id === 'aws-access-denied')
      return { state: 'unknown', detail: error.message };
    throw error;
  }
}
