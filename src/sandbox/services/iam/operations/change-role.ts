import type {
  DeleteRoleCommandInput,
  DeleteRolePermissionsBoundaryCommandInput,
  PutRolePermissionsBoundaryCommandInput,
  TagRoleCommandInput,
  UntagRoleCommandInput,
  UpdateAssumeRolePolicyCommandInput,
  UpdateRoleCommandInput,
} from '@aws-sdk/client-iam';
import type { Call } from '../../../kernel/scope.ts';
import { deleteConflict, nameConstraint, protectedRole, requireValid } from '../refusals.ts';
import { instanceProfiles, keyOf, type RoleRow, roles } from '../state.ts';
import { mergeTags, withoutTags } from '../tags.ts';
import { checkTrustPolicy } from '../trust-policy.ts';
import { requireBoundary, requireTrustSize } from './create-role.ts';
import { roleNamed } from './read-roles.ts';

function changeRole(name: string | undefined, call: Call, change: (draft: RoleRow) => void): Record<string, never> {
  const row = roleNamed(name, call);
  if (row.linkedService) throw protectedRole(row.name);
  roles.in(call).update(keyOf(row.name), change);
  return {};
}

export function updateRole(input: UpdateRoleCommandInput, call: Call): Record<string, never> {
  requireValid(
    nameConstraint('roleName', input.RoleName, 64),
    ['maxSessionDuration', input.MaxSessionDuration, { range: [3600, 43200] }],
    ['description', input.Description, { length: [0, 1000] }],
  );
  return changeRole(input.RoleName, call, (draft) => {
    if (input.Description !== undefined) draft.description = input.Description;
    if (input.MaxSessionDuration !== undefined) draft.maxSessionSeconds = input.MaxSessionDuration;
  });
}

export function updateAssumeRolePolicy(input: UpdateAssumeRolePolicyCommandInput, call: Call): Record<string, never> {
  const { PolicyDocument = '' } = input;
  requireValid(nameConstraint('roleName', input.RoleName, 64));
  checkTrustPolicy(PolicyDocument, call);
  requireTrustSize(PolicyDocument);
  return changeRole(input.RoleName, call, (draft) => {
    draft.trust = PolicyDocument;
  });
}

export function putRolePermissionsBoundary(input: PutRolePermissionsBoundaryCommandInput, call: Call) {
  requireBoundary(input.PermissionsBoundary ?? '', call);
  return changeRole(input.RoleName, call, (draft) => {
    draft.boundary = input.PermissionsBoundary!;
  });
}

export function deleteRolePermissionsBoundary(input: DeleteRolePermissionsBoundaryCommandInput, call: Call) {
  return changeRole(input.RoleName, call, (draft) => {
    delete draft.boundary;
  });
}

export function tagRole(input: TagRoleCommandInput, call: Call): Record<string, never> {
  return changeRole(input.RoleName, call, (draft) => {
    draft.tags = mergeTags(draft.tags, input.Tags);
  });
}

export function untagRole(input: UntagRoleCommandInput, call: Call): Record<string, never> {
  return changeRole(input.RoleName, call, (draft) => {
    draft.tags = withoutTags(draft.tags, input.TagKeys);
  });
}

export function deleteRole({ RoleName }: DeleteRoleCommandInput, call: Call): Record<string, never> {
  requireValid(nameConstraint('roleName', RoleName, 64));
  const row = roleNamed(RoleName, call);
  if (row.linkedService) throw protectedRole(row.name);
  if (
    instanceProfiles
      .in(call)
      .values()
      .some((profile) => profile.roles.includes(row.name))
  )
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  if (row.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (Object.keys(row.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.');
  roles.in(call).delete(keyOf(row.name));
  return {};
}
