import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { roleAttachments } from '../operations/attached-policies.ts';
import {
  deleteRole,
  deleteRolePermissionsBoundary,
  putRolePermissionsBoundary,
  tagRole,
  untagRole,
  updateAssumeRolePolicy,
  updateRole,
} from '../operations/change-role.ts';
import { createRole } from '../operations/create-role.ts';
import { rolePolicies } from '../operations/inline-policies.ts';
import { keyOf, roles } from '../state.ts';
import { asText, synchronizePolicies } from './synchronize.ts';
import { goneKeys, tagsOf } from './tags.ts';

export const role: ResourceProvider = {
  create(properties, { call, generateName, tags }) {
    const RoleName = properties.RoleName ?? generateName({ maxLength: 64 });
    createRole(
      {
        RoleName,
        Path: properties.Path,
        AssumeRolePolicyDocument: asText(properties.AssumeRolePolicyDocument),
        // CloudFormation gives an empty one where the template has none.
        Description: properties.Description ?? '',
        MaxSessionDuration: numberOf(properties.MaxSessionDuration),
        PermissionsBoundary: properties.PermissionsBoundary,
        Tags: tagsOf(properties, tags),
      },
      call,
    );
    synchronizePolicies('role', RoleName, {}, properties, call);
    return { status: 'done', physicalId: RoleName };
  },

  update({ before, after, physicalId: RoleName }, { call, tags }) {
    updateAssumeRolePolicy({ RoleName, PolicyDocument: asText(after.AssumeRolePolicyDocument) }, call);
    updateRole(
      {
        RoleName,
        Description: after.Description ?? '',
        MaxSessionDuration: numberOf(after.MaxSessionDuration) ?? 3600,
      },
      call,
    );
    if (after.PermissionsBoundary !== undefined)
      putRolePermissionsBoundary({ RoleName, PermissionsBoundary: after.PermissionsBoundary }, call);
    else if (before.PermissionsBoundary !== undefined) deleteRolePermissionsBoundary({ RoleName }, call);
    synchronizePolicies('role', RoleName, before, after, call);

    const wanted = tagsOf(after, tags);
    untagRole({ RoleName, TagKeys: goneKeys(roles.in(call).get(keyOf(RoleName))!.tags, wanted) }, call);
    tagRole({ RoleName, Tags: wanted }, call);
    return { status: 'done', physicalId: RoleName };
  },

  /** Takes away what the template gave; a policy that somebody else put there makes the deletion fail, as on AWS. */
  delete(properties, RoleName, { call }) {
    const row = roles.in(call).get(keyOf(RoleName));
    if (!row) return { status: 'done', physicalId: RoleName };
    for (const PolicyArn of properties.ManagedPolicyArns ?? [])
      if (row.attached.includes(PolicyArn)) roleAttachments.detach({ RoleName, PolicyArn }, call);
    for (const { PolicyName } of properties.Policies ?? [])
      if (PolicyName in row.inline) rolePolicies.delete({ RoleName, PolicyName }, call);
    deleteRole({ RoleName }, call);
    return { status: 'done', physicalId: RoleName };
  },

  read(RoleName, properties, { call }): Properties | undefined {
    const row = roles.in(call).get(keyOf(RoleName));
    if (!row) return undefined;
    const ownPolicies = (properties.Policies ?? []).map(({ PolicyName }: { PolicyName: string }) => PolicyName);
    return {
      Arn: row.arn,
      RoleId: row.id,
      RoleName: row.name,
      Path: row.path,
      AssumeRolePolicyDocument: JSON.parse(row.trust),
      Description: row.description ?? '',
      MaxSessionDuration: row.maxSessionSeconds,
      ManagedPolicyArns: [...row.attached],
      // Policies that AWS::IAM::Policy put into the role are not the role's own.
      Policies: Object.entries(row.inline)
        .filter(([name]) => ownPolicies.includes(name))
        .map(([PolicyName, document]) => ({ PolicyName, PolicyDocument: JSON.parse(document) })),
      ...(row.boundary !== undefined && { PermissionsBoundary: row.boundary }),
      Tags: row.tags.map((tag) => ({ ...tag })),
    };
  },
};

const numberOf = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));
