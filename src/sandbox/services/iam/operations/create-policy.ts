import type {
  CreatePolicyCommandInput,
  CreatePolicyCommandOutput,
  CreatePolicyVersionCommandInput,
  CreatePolicyVersionCommandOutput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { checkIdentityPolicy } from '../identity-policy.ts';
import { policyAnswer, versionAnswer } from '../policy-answer.ts';
import { customerPolicy } from '../policy-lookup.ts';
import { alreadyExists, limitExceeded, nameConstraint, pathConstraint, requireValid } from '../refusals.ts';
import { policies } from '../state.ts';
import { mergeTags } from '../tags.ts';
import { uniqueId } from '../unique-id.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const MANAGED_POLICY_SIZE = 6144;
const VERSIONS_PER_POLICY = 5;

export function createPolicy(input: CreatePolicyCommandInput, call: Call): Answer<CreatePolicyCommandOutput> {
  requireValid(
    nameConstraint('policyName', input.PolicyName, 128),
    pathConstraint(input.Path),
    ['policyDocument', input.PolicyDocument, { required: true, length: [1, 131072] }],
    ['description', input.Description, { length: [0, 1000] }],
  );
  const { PolicyName = '', Path = '/', PolicyDocument = '' } = input;
  checkIdentityPolicy(PolicyDocument);
  requireManagedSize(PolicyDocument);
  const isTaken = policies
    .in(call)
    .values()
    .some(({ name }) => name.toLowerCase() === PolicyName.toLowerCase());
  if (isTaken) throw alreadyExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);

  const arn = `arn:aws:iam::${call.account}:policy${Path}${PolicyName}`;
  const created = call.world.clock.stamp();
  const row = policies.in(call).put(arn, {
    name: PolicyName,
    id: uniqueId('policy'),
    arn,
    path: Path,
    ...(input.Description !== undefined && { description: input.Description }),
    created,
    updated: created,
    defaultVersion: 'v1',
    lastVersion: 1,
    versions: [{ id: 'v1', document: PolicyDocument, created }],
    tags: mergeTags([], input.Tags),
  });
  const { Description: _, ...policy } = policyAnswer(row, call);
  return { Policy: policy };
}

function requireManagedSize(document: string): void {
  if (document.replace(/\s/g, '').length > MANAGED_POLICY_SIZE)
    throw limitExceeded(`Cannot exceed quota for PolicySize: ${MANAGED_POLICY_SIZE}`);
}

export function createPolicyVersion(
  input: CreatePolicyVersionCommandInput,
  call: Call,
): Answer<CreatePolicyVersionCommandOutput> {
  const { arn, versions, lastVersion } = customerPolicy(input.PolicyArn, call);
  checkIdentityPolicy(input.PolicyDocument ?? '');
  requireManagedSize(input.PolicyDocument ?? '');
  if (versions.length >= VERSIONS_PER_POLICY)
    throw limitExceeded(
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    );

  const version = { id: `v${lastVersion + 1}`, document: input.PolicyDocument!, created: call.world.clock.stamp() };
  const row = policies.in(call).update(arn, (draft) => {
    draft.versions.unshift(version);
    draft.lastVersion += 1;
    draft.updated = version.created;
    if (input.SetAsDefault) draft.defaultVersion = version.id;
  });
  return { PolicyVersion: versionAnswer(row, version) };
}
