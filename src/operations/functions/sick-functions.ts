import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import type { Problem } from '../../errors/problem.ts';
import type { DeployedFunction } from './deployed-functions.ts';

type Powers = Pick<Session, 'aws' | 'environment'>;

/** Codes of Lambda for a function whose network it cannot make: https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
const OF_NETWORK = new Set([
  'EniLimitExceeded',
  'InsufficientRolePermissions',
  'SubnetOutOfIPAddresses',
  'InvalidSubnet',
  'InvalidSecurityGroup',
]);

/** Whether the version that each function runs is there, ready, and stays so in its network (F-19, F-101). Only looks. */
export async function sickFunctions(session: Powers, functions: readonly DeployedFunction[]): Promise<Problem[]> {
  const found = await fewAtATime(functions, async (fn) => {
    const { name, functionName, version } = fn;
    const found = await session.aws.lambda.configuration(functionName, version);
    const path = `functions.${name}`;
    if (!found) return [gone(session, fn, path)];
    return [...standingProblems(session, path, found), ...(await networkProblems(session, path, found))];
  });
  return found.flat();
}

const gone = ({ environment }: Powers, { functionName, version }: DeployedFunction, path: string): Problem => ({
  rule: 'F-19',
  severity: 'error',
  path,
  message: `version ${version} of ${functionName} is gone, and its stack does not know`,
  remedy: `platform recover functions ${environmentFlags(environment)} makes it again`,
  evidence: [evidenceOf('lambda:GetFunctionConfiguration', `${functionName}:${version}`, undefined)],
});

function standingProblems({ environment }: Powers, path: string, found: FunctionConfiguration): Problem[] {
  const { State, StateReason, StateReasonCode, LastUpdateStatus, LastUpdateStatusReason, LastUpdateStatusReasonCode } =
    found;
  const isFailed = State === 'Failed';
  if (!isFailed && LastUpdateStatus !== 'Failed') return [];
  const [read, reason = '', code = ''] = isFailed
    ? ['StateReason', StateReason, StateReasonCode]
    : ['LastUpdateStatusReason', LastUpdateStatusReason, LastUpdateStatusReasonCode];
  const ofNetwork = OF_NETWORK.has(code);
  const flags = environmentFlags(environment);
  return [
    {
      ...(ofNetwork ? { rule: 'F-101' } : {}),
      severity: 'error',
      path,
      message: isFailed ? `it is Failed: ${reason || code}` : `its last update failed: ${reason || code}`,
      remedy: ofNetwork
        ? `${remedyFor(code)}; then platform deploy ${flags}`
        : `platform deploy ${flags} once more; platform logs ${path.split('.')[1]} ${flags} shows what it wrote`,
      evidence: [evidenceOf('lambda:GetFunctionConfiguration', read, reason || code)],
    },
  ];
}

/** As the role was made; https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions */
function rightBack(role: string): string {
  const Action = [
    'AssignPrivateIpAddresses',
    'CreateNetworkInterface',
    'DeleteNetworkInterface',
    'DescribeNetworkInterfaces',
    'DescribeSubnets',
    'UnassignPrivateIpAddresses',
  ].map((one) => `ec2:${one}`);
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
  return `give it back: aws iam put-role-policy --role-name ${role.split('/').at(-1)} --policy-name Network --policy-document '${policy}'; where a boundary or an organisation denies it, whoever owns that has to let it through`;
}

function remedyFor(code: string): string {
  switch (code) {
    case 'SubnetOutOfIPAddresses':
      return 'free addresses in its subnets, or give the network more of them (network.azs, network.existing)';
    case 'EniLimitExceeded':
      return 'ask for more network interfaces (Service Quotas, Amazon VPC), or take functions out of the network that need none';
    case 'InsufficientRolePermissions':
      return 'its role needs ec2:CreateNetworkInterface, which a deployment gives it';
    default:
      return 'its subnets and security groups have to be there';
  }
}

/** Lambda takes the interfaces of a function that rests for weeks, and makes new ones with its next call. */
async function networkProblems(
  { aws }: Powers,
  path: string,
  { Role: role = '', VpcConfig }: FunctionConfiguration,
): Promise<Problem[]> {
  const subnets = VpcConfig?.SubnetIds ?? [];
  if (subnets.length === 0) return [];
  const action = 'ec2:CreateNetworkInterface';
  const [decision, ...places] = await Promise.all([
    aws.iam.decision(role, action, '*'),
    ...subnets.map((id) => aws.ec2.subnet(id)),
  ]);
  const problem = (message: string, remedy: string, evidence: Problem['evidence']): Problem => ({
    rule: 'F-101',
    severity: 'error',
    path,
    message,
    remedy,
    ...(evidence ? { evidence } : {}),
  });
  const full = places.filter((subnet) => subnet?.AvailableIpAddressCount === 0).map((subnet) => subnet!.SubnetId!);
  return [
    ...(decision === 'allowed'
      ? []
      : [
          problem(`its role may not call ${action}: it runs until Lambda makes its interfaces anew`, rightBack(role), [
            evidenceOf(
              'iam:SimulatePrincipalPolicy',
              `${action} for ${role.split('/').at(-1)}`,
              decision ?? 'no such role',
            ),
          ]),
        ]),
    ...(full.length === subnets.length
      ? [
          problem(
            `${full.join(', ')} ${full.length === 1 ? 'has' : 'have'} no address left for another interface of it`,
            remedyFor('SubnetOutOfIPAddresses'),
            [evidenceOf('ec2:DescribeSubnets', 'Subnets[].AvailableIpAddressCount', 0)],
          ),
        ]
      : []),
  ];
}
