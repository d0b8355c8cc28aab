import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createServiceLinkedRole, deleteServiceLinkedRole } from '../operations/service-linked-roles.ts';
import { keyOf, roles } from '../state.ts';

export const serviceLinkedRole: ResourceProvider = {
  create(properties, { call }) {
    const { Role } = createServiceLinkedRole(
      {
        AWSServiceName: properties.AWSServiceName,
        CustomSuffix: properties.CustomSuffix,
        Description: properties.Description,
      },
      call,
    );
    return { status: 'done', physicalId: Role!.RoleName! };
  },

  update({ after, physicalId }, { call }) {
    roles.in(call).update(keyOf(physicalId), (draft) => {
      draft.description = after.Description ?? '';
    });
    return { status: 'done', physicalId };
  },

  delete(_properties, physicalId, { call }) {
    if (roles.in(call).has(keyOf(physicalId))) deleteServiceLinkedRole({ RoleName: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, properties, { call }) {
    const row = roles.in(call).get(keyOf(physicalId));
    return row && { ...properties, RoleName: row.name, Description: row.description ?? '' };
  },
};
