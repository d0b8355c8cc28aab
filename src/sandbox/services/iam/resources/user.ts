import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { userAttachments } from '../operations/attached-policies.ts';
import { addUserToGroup, removeUserFromGroup } from '../operations/groups.ts';
import { userPolicies } from '../operations/inline-policies.ts';
import { createUser, deleteUser } from '../operations/users.ts';
import { keyOf, users } from '../state.ts';
import { synchronizePolicies } from './synchronize.ts';
import { tagsOf } from './tags.ts';

/** Passwords (`LoginProfile`) are not simulated. */
export const user: ResourceProvider = {
  create(properties, { call, generateName, tags }) {
    const UserName = properties.UserName ?? generateName({ maxLength: 64 });
    createUser(
      {
        UserName,
        Path: properties.Path,
        PermissionsBoundary: properties.PermissionsBoundary,
        Tags: tagsOf(properties, tags),
      },
      call,
    );
    synchronizePolicies('user', UserName, {}, properties, call);
    for (const GroupName of properties.Groups ?? []) addUserToGroup({ GroupName, UserName }, call);
    return { status: 'done', physicalId: UserName };
  },

  update({ before, after, physicalId: UserName }, { call, tags }) {
    synchronizePolicies('user', UserName, before, after, call);
    for (const GroupName of before.Groups ?? []) removeUserFromGroup({ GroupName, UserName }, call);
    for (const GroupName of after.Groups ?? []) addUserToGroup({ GroupName, UserName }, call);
    users.in(call).update(keyOf(UserName), (draft) => {
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId: UserName };
  },

  delete(properties, UserName, { call }) {
    const row = users.in(call).get(keyOf(UserName));
    if (!row) return { status: 'done', physicalId: UserName };
    for (const PolicyArn of properties.ManagedPolicyArns ?? [])
      if (row.attached.includes(PolicyArn)) userAttachments.detach({ UserName, PolicyArn }, call);
    for (const { PolicyName } of properties.Policies ?? [])
      if (PolicyName in row.inline) userPolicies.delete({ UserName, PolicyName }, call);
    for (const GroupName of row.groups) removeUserFromGroup({ GroupName, UserName }, call);
    deleteUser({ UserName }, call);
    return { status: 'done', physicalId: UserName };
  },

  read(UserName, _properties, { call }) {
    const row = users.in(call).get(keyOf(UserName));
    if (!row) return undefined;
    return {
      Arn: row.arn,
      UserName: row.name,
      Path: row.path,
      ManagedPolicyArns: [...row.attached],
      Groups: [...row.groups],
    };
  },
};
