import type {
  GetPolicyCommandInput,
  GetPolicyCommandOutput,
  GetPolicyVersionCommandInput,
  GetPolicyVersionCommandOutput,
  ListEntitiesForPolicyCommandInput,
  ListEntitiesForPolicyCommandOutput,
  ListPoliciesCommandInput,
  ListPoliciesCommandOutput,
  ListPolicyTagsCommandInput,
  ListPolicyVersionsCommandInput,
  ListPolicyVersionsCommandOutput,
} from '@aws-sdk/client-iam';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { attachedTo, attachmentCount } from '../attachments.ts';
import { AWS_MANAGED } from '../aws-managed-policies.ts';
import { encodeDocument } from '../encode-document.ts';
import { listing } from '../listing.ts';
import { awsPolicyAnswer, policyAnswer, versionAnswer } from '../policy-answer.ts';
import { awsManagedName, customerPolicy, requirePolicyArn } from '../policy-lookup.ts';
import { noSuchEntity } from '../refusals.ts';
import { policies } from '../state.ts';

export function getPolicy({ PolicyArn }: GetPolicyCommandInput, call: Call): Answer<GetPolicyCommandOutput> {
  const managed = awsManagedName(requirePolicyArn(PolicyArn));
  return { Policy: managed ? awsPolicyAnswer(managed, call) : policyAnswer(customerPolicy(PolicyArn, call), call) };
}

export function getPolicyVersion(
  { PolicyArn, VersionId }: GetPolicyVersionCommandInput,
  call: Call,
): Answer<GetPolicyVersionCommandOutput> {
  const missing = noSuchEntity(`Policy ${PolicyArn} version ${VersionId} does not exist or is not attachable.`);
  const managed = awsManagedName(requirePolicyArn(PolicyArn));
  if (managed) {
    const { version, document } = AWS_MANAGED.get(managed) ?? { version: 'v1' };
    if (VersionId !== version) throw missing;
    if (!document)
      throw new AwsFault('NotImplemented', `The sandbox does not hold the text of ${PolicyArn}`, { status: 501 });
    return { PolicyVersion: { Document: encodeDocument(document), VersionId: version, IsDefaultVersion: true } };
  }
  const row = customerPolicy(PolicyArn, call);
  const found = row.versions.find(({ id }) => id === VersionId);
  if (!found) throw missing;
  return { PolicyVersion: versionAnswer(row, found, { withDocument: true }) };
}

export function listPolicyVersions(
  input: ListPolicyVersionsCommandInput,
  call: Call,
): Answer<ListPolicyVersionsCommandOutput> {
  const row = customerPolicy(input.PolicyArn, call);
  const { items, end } = listing(row.versions, input);
  return { Versions: items.map((version) => versionAnswer(row, version)), ...end };
}

export function listPolicies(input: ListPoliciesCommandInput, call: Call): Answer<ListPoliciesCommandOutput> {
  const { Scope = 'All', PathPrefix = '/', OnlyAttached = false } = input;
  const own =
    Scope === 'AWS'
      ? []
      : policies
          .in(call)
          .values()
          .map((row) => policyAnswer(row, call));
  const managed = Scope === 'Local' ? [] : [...AWS_MANAGED.keys()].map((name) => awsPolicyAnswer(name, call));
  const found = [...own, ...managed].filter(
    ({ Path, Arn }) => Path!.startsWith(PathPrefix) && (!OnlyAttached || attachmentCount(Arn!, call) > 0),
  );
  const { items, end } = listing(found, input);
  return { Policies: items.map(({ Tags: _, Description: __, ...policy }) => policy), ...end };
}

export function listPolicyTags(input: ListPolicyTagsCommandInput, call: Call) {
  const { items, end } = listing(customerPolicy(input.PolicyArn, call).tags, input);
  return { Tags: items.map((tag) => ({ ...tag })), ...end };
}

export function listEntitiesForPolicy(
  { PolicyArn, EntityFilter }: ListEntitiesForPolicyCommandInput,
  call: Call,
): Answer<ListEntitiesForPolicyCommandOutput> {
  const arn = requirePolicyArn(PolicyArn);
  if (!awsManagedName(arn)) customerPolicy(arn, call);
  const wants = (filter: string) => EntityFilter === undefined || EntityFilter === filter;
  const found = (kind: 'role' | 'user' | 'group') => attachedTo(arn, kind, call);
  return {
    PolicyGroups: wants('Group') ? found('group').map(({ name, id }) => ({ GroupName: name, GroupId: id })) : [],
    PolicyUsers: wants('User') ? found('user').map(({ name, id }) => ({ UserName: name, UserId: id })) : [],
    PolicyRoles: wants('Role') ? found('role').map(({ name, id }) => ({ RoleName: name, RoleId: id })) : [],
    IsTruncated: false,
  };
}
