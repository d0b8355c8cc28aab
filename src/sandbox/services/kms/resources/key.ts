import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { findKey } from '../find-key.ts';
import { createKey } from '../operations/create-key.ts';
import {
  disableKey,
  disableKeyRotation,
  enableKey,
  enableKeyRotation,
  putKeyPolicy,
  scheduleKeyDeletion,
  updateKeyDescription,
} from '../operations/key-changes.ts';
import { keys } from '../state.ts';

const text = (policy: unknown): string | undefined =>
  policy === undefined ? undefined : typeof policy === 'string' ? policy : JSON.stringify(policy);

const tagList = (properties: Properties, { tags }: ResourceContext) =>
  [...((properties.Tags ?? []) as { Key: string; Value: string }[]), ...tags].map(({ Key, Value }) => ({
    TagKey: Key,
    TagValue: Value,
  }));

async function settle(KeyId: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  if (properties.EnableKeyRotation)
    await enableKeyRotation({ KeyId, RotationPeriodInDays: properties.RotationPeriodInDays }, call);
  else await disableKeyRotation({ KeyId }, call);
  await (properties.Enabled === false ? disableKey : enableKey)({ KeyId }, call);
}

export const key: ResourceProvider = {
  async create(properties, context) {
    const { KeyMetadata } = await createKey(
      {
        Description: properties.Description,
        KeySpec: properties.KeySpec,
        KeyUsage: properties.KeyUsage,
        MultiRegion: properties.MultiRegion,
        Policy: text(properties.KeyPolicy),
        BypassPolicyLockoutSafetyCheck: properties.BypassPolicyLockoutSafetyCheck,
        Tags: tagList(properties, context),
      },
      context.call,
    );
    await settle(KeyMetadata!.KeyId!, properties, context);
    return { status: 'done', physicalId: KeyMetadata!.KeyId! };
  },

  async update({ after, physicalId: KeyId }, context) {
    const { call } = context;
    await updateKeyDescription({ KeyId, Description: after.Description ?? '' }, call);
    const Policy = text(after.KeyPolicy);
    if (Policy !== undefined) await putKeyPolicy({ KeyId, PolicyName: 'default', Policy }, call);
    await settle(KeyId, after, context);
    keys.in(call).update(KeyId, (draft) => {
      draft.tags = tagList(after, context);
    });
    return { status: 'done', physicalId: KeyId };
  },

  async delete(properties, KeyId, { call }) {
    const row = keys.in(call).get(KeyId);
    if (row && row.state !== 'PendingDeletion')
      await scheduleKeyDeletion({ KeyId, PendingWindowInDays: properties.PendingWindowInDays }, call);
    return { status: 'done', physicalId: KeyId };
  },

  read(KeyId, _properties, { call }) {
    const row = keys.in(call).get(KeyId);
    if (!row || row.state === 'PendingDeletion') return undefined;
    const { arn, description, keySpec, keyUsage, multiRegion, policy, rotation, state } = findKey(call, KeyId);
    return {
      Arn: arn,
      KeyId,
      Description: description,
      Enabled: state === 'Enabled',
      EnableKeyRotation: rotation !== undefined,
      KeyPolicy: JSON.parse(policy),
      KeySpec: keySpec,
      KeyUsage: keyUsage,
      MultiRegion: multiRegion,
    };
  },
};
