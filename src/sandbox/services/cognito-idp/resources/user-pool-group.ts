import type { CreateGroupRequest } from '@aws-sdk/client-cognito-identity-provider';
import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createGroup, deleteGroup, getGroup, updateGroup } from '../operations/groups.ts';
import { generatedName, groups } from '../state.ts';
import { typed } from './typed.ts';

export const userPoolGroup: ResourceProvider = {
  create(properties, { call, logicalId }) {
    const GroupName = properties.GroupName ?? generatedName(logicalId);
    createGroup({ ...(typed(properties) as CreateGroupRequest), GroupName }, call);
    return { status: 'done', physicalId: GroupName };
  },
  update({ after, physicalId }, { call }) {
    updateGroup({ ...(typed(after) as CreateGroupRequest), GroupName: physicalId }, call);
    return { status: 'done', physicalId };
  },
  delete({ UserPoolId }, physicalId, { call }) {
    if (groups.in(call).has(`${UserPoolId}/${physicalId}`)) deleteGroup({ UserPoolId, GroupName: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, { UserPoolId }, { call }) {
    if (!groups.in(call).has(`${UserPoolId}/${physicalId}`)) return undefined;
    const {
      CreationDate: _,
      LastModifiedDate: __,
      ...shown
    } = getGroup({ UserPoolId, GroupName: physicalId }, call).Group!;
    return shown;
  },
};
