import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createAlias, updateAlias } from '../operations/aliases.ts';
import { aliases } from '../state.ts';

export const alias: ResourceProvider = {
  async create({ AliasName, TargetKeyId }, { call }) {
    await createAlias({ AliasName, TargetKeyId }, call);
    return { status: 'done', physicalId: AliasName };
  },

  async update({ after, physicalId: AliasName }, { call }) {
    await updateAlias({ AliasName, TargetKeyId: after.TargetKeyId }, call);
    return { status: 'done', physicalId: AliasName };
  },

  delete(_properties, physicalId, { call }) {
    aliases.in(call).delete(physicalId);
    return { status: 'done', physicalId };
  },

  read(physicalId, properties, { call }) {
    const row = aliases.in(call).get(physicalId);
    if (!row) return undefined;
    // The key may have been named by its ARN or its id: drift is a key that is another one.
    const same = String(properties.TargetKeyId ?? '').endsWith(row.keyId);
    return { AliasName: physicalId, TargetKeyId: same ? properties.TargetKeyId : row.keyId };
  },
};
