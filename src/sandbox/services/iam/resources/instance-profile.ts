import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  removeRoleFromInstanceProfile,
} from '../operations/instance-profiles.ts';
import { instanceProfiles, keyOf } from '../state.ts';

export const instanceProfile: ResourceProvider = {
  create(properties, { call, generateName }) {
    const InstanceProfileName = properties.InstanceProfileName ?? generateName({ maxLength: 128 });
    createInstanceProfile({ InstanceProfileName, Path: properties.Path }, call);
    for (const RoleName of properties.Roles ?? []) addRoleToInstanceProfile({ InstanceProfileName, RoleName }, call);
    return { status: 'done', physicalId: InstanceProfileName };
  },

  update({ after, physicalId: InstanceProfileName }, { call }) {
    const { roles } = instanceProfiles.in(call).get(keyOf(InstanceProfileName))!;
    const wanted: string[] = after.Roles ?? [];
    for (const RoleName of roles)
      if (!wanted.includes(RoleName)) removeRoleFromInstanceProfile({ InstanceProfileName, RoleName }, call);
    for (const RoleName of wanted)
      if (!roles.includes(RoleName)) addRoleToInstanceProfile({ InstanceProfileName, RoleName }, call);
    return { status: 'done', physicalId: InstanceProfileName };
  },

  delete(_properties, InstanceProfileName, { call }) {
    const row = instanceProfiles.in(call).get(keyOf(InstanceProfileName));
    if (!row) return { status: 'done', physicalId: InstanceProfileName };
    for (const RoleName of row.roles) removeRoleFromInstanceProfile({ InstanceProfileName, RoleName }, call);
    deleteInstanceProfile({ InstanceProfileName }, call);
    return { status: 'done', physicalId: InstanceProfileName };
  },

  read(name, _properties, { call }) {
    const row = instanceProfiles.in(call).get(keyOf(name));
    return row && { Arn: row.arn, InstanceProfileName: row.name, Path: row.path, Roles: [...row.roles] };
  },
};
