import { AwsFault } from '../../../kernel/fault.ts';
import type { ResourceDeclaration } from './template.ts';

/** IAM types whose creation needs an acknowledgement, with the property that gives them a name of the user's choice. */
const NAMED: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserToGroupAddition': undefined,
};

export interface RequiredCapabilities {
  capabilities: ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM' | 'CAPABILITY_AUTO_EXPAND')[];
  reason?: string;
}

/** What has to be acknowledged before these resources may be made. */
export function requiredCapabilities(
  resources: Iterable<readonly [string, ResourceDeclaration]>,
  expands = false,
): RequiredCapabilities {
  const iam = [...resources].filter(([, { Type }]) => Type in NAMED);
  const named = iam.some(
    ([, { Type, Properties }]) => NAMED[Type] !== undefined && Properties?.[NAMED[Type]] !== undefined,
  );
  const capabilities: RequiredCapabilities['capabilities'] = [];
  if (named) capabilities.push('CAPABILITY_NAMED_IAM');
  else if (iam.length > 0) capabilities.push('CAPABILITY_IAM');
  if (expands) capabilities.push('CAPABILITY_AUTO_EXPAND');
  const types = [...new Set(iam.map(([, { Type }]) => Type))];
  return {
    capabilities,
    ...(types.length > 0 ? { reason: `The following resource(s) require capabilities: [${types.join(', ')}]` } : {}),
  };
}

/** Refuses when a capability that these resources need was not acknowledged; the named one includes the plain one. */
export function checkCapabilities(
  resources: Iterable<readonly [string, ResourceDeclaration]>,
  acknowledged: readonly string[],
  expands = false,
): void {
  const missing = requiredCapabilities(resources, expands).capabilities.filter(
    (capability) =>
      !acknowledged.includes(capability) &&
      !(capability === 'CAPABILITY_IAM' && acknowledged.includes('CAPABILITY_NAMED_IAM')),
  );
  if (missing.length > 0)
    throw new AwsFault('InsufficientCapabilitiesException', `Requires capabilities : [${missing.join(', ')}]`);
}
