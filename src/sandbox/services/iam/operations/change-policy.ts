import type {
  DeletePolicyCommandInput,
  DeletePolicyVersionCommandInput,
  SetDefaultPolicyVersionCommandInput,
  TagPolicyCommandInput,
  UntagPolicyCommandInput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import { attachmentCount, boundaryCount } from '../attachments.ts';
import { customerPolicy } from '../policy-lookup.ts';
import { deleteConflict, noSuchEntity } from '../refusals.ts';
import { type PolicyRow, policies } from '../state.ts';
import { mergeTags, withoutTags } from '../tags.ts';

const requireVersion = ({ arn, versions }: PolicyRow, id: string | undefined) => {
  if (!versions.some((version) => version.id === id))
    throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
};

export function setDefaultPolicyVersion(
  { PolicyArn, VersionId }: SetDefaultPolicyVersionCommandInput,
  call: Call,
): Record<string, never> {
  const row = customerPolicy(PolicyArn, call);
  requireVersion(row, VersionId);
  policies.in(call).update(row.arn, (draft) => {
    draft.defaultVersion = VersionId!;
    draft.updated = call.world.clock.stamp();
  });
  return {};
}

export function deletePolicyVersion(
  { PolicyArn, VersionId }: DeletePolicyVersionCommandInput,
  call: Call,
): Record<string, never> {
  const row = customerPolicy(PolicyArn, call);
  requireVersion(row, VersionId);
  if (row.defaultVersion === VersionId) throw deleteConflict('Cannot delete the default version of a policy.');
  policies.in(call).update(row.arn, (draft) => {
    draft.versions = draft.versions.filter(({ id }) => id !== VersionId);
  });
  return {};
}

export function deletePolicy({ PolicyArn }: DeletePolicyCommandInput, call: Call): Record<string, never> {
  const row = customerPolicy(PolicyArn, call);
  if (attachmentCount(row.arn, call) + boundaryCount(row.arn, call) > 0)
    throw deleteConflict('Cannot delete a policy attached to entities.');
  if (row.versions.length > 1)
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  policies.in(call).delete(row.arn);
  return {};
}

export function tagPolicy({ PolicyArn, Tags }: TagPolicyCommandInput, call: Call): Record<string, never> {
  policies.in(call).update(customerPolicy(PolicyArn, call).arn, (draft) => {
    draft.tags = mergeTags(draft.tags, Tags);
  });
  return {};
}

export function untagPolicy({ PolicyArn, TagKeys }: UntagPolicyCommandInput, call: Call): Record<string, never> {
  policies.in(call).update(customerPolicy(PolicyArn, call).arn, (draft) => {
    draft.tags = withoutTags(draft.tags, TagKeys);
  });
  return {};
}
