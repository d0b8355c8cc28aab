import type { CreateRoleCommandInput, CreateRoleCommandOutput } from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { policyExists, requirePolicyArn } from '../policy-lookup.ts';
import {
  alreadyExists,
  limitExceeded,
  nameConstraint,
  noSuchEntity,
  pathConstraint,
  requireValid,
} from '../refusals.ts';
import { createdRole } from '../role-answer.ts';
import { keyOf, roles } from '../state.ts';
import { mergeTags } from '../tags.ts';
import { checkTrustPolicy } from '../trust-policy.ts';
import { uniqueId } from '../unique-id.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const ROLES_PER_ACCOUNT = 1000;
const TRUST_POLICY_SIZE = 2048;

export function createRole(input: CreateRoleCommandInput, call: Call): Answer<CreateRoleCommandOutput> {
  requireValid(
    nameConstraint('roleName', input.RoleName, 64),
    pathConstraint(input.Path),
    ['assumeRolePolicyDocument', input.AssumeRolePolicyDocument, { required: true, length: [1, 131072] }],
    ['maxSessionDuration', input.MaxSessionDuration, { range: [3600, 43200] }],
    ['description', input.Description, { length: [0, 1000] }],
  );
  const { RoleName = '', Path = '/', AssumeRolePolicyDocument = '' } = input;
  checkTrustPolicy(AssumeRolePolicyDocument, call);
  requireTrustSize(AssumeRolePolicyDocument);
  if (input.PermissionsBoundary !== undefined) requireBoundary(input.PermissionsBoundary, call);
  const tags = mergeTags([], input.Tags);

  const table = roles.in(call);
  if (table.has(keyOf(RoleName))) throw alreadyExists(`Role with name ${RoleName} already exists.`);
  if (table.size >= ROLES_PER_ACCOUNT)
    throw limitExceeded(`Cannot exceed quota for RolesPerAccount: ${ROLES_PER_ACCOUNT}`);

  const row = table.put(keyOf(RoleName), {
    name: RoleName,
    id: uniqueId('role'),
    arn: `arn:aws:iam::${call.account}:role${Path}${RoleName}`,
    path: Path,
    created: call.world.clock.stamp(),
    trust: AssumeRolePolicyDocument,
    ...(input.Description !== undefined && { description: input.Description }),
    maxSessionSeconds: input.MaxSessionDuration ?? 3600,
    inline: {},
    attached: [],
    tags,
    ...(input.PermissionsBoundary !== undefined && { boundary: input.PermissionsBoundary }),
  });
  return { Role: createdRole(row) };
}

/** White space does not count. */
export function requireTrustSize(document: string): void {
  if (document.replace(/\s/g, '').length > TRUST_POLICY_SIZE)
    throw limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${TRUST_POLICY_SIZE}`);
}

export function requireBoundary(arn: string, call: Call): void {
  if (!policyExists(requirePolicyArn(arn), call))
    throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
}
