import { randomBytes } from 'node:crypto';
import type { Properties, ResourceProvider } from '../../kernel/resource-provider.ts';
import type { Call } from '../../kernel/scope.ts';
import { tagsOf } from './api-types.ts';
import { badRequest, conflict, notFound } from './refusals.ts';
import { apiKeys, freshId, stages, usagePlans } from './state.ts';

export const apiKey: ResourceProvider = {
  create(properties, { call, generateName, tags }) {
    const value = properties.Value ?? randomBytes(30).toString('base64url').slice(0, 40);
    if (value.length < 20) throw badRequest('API Key value should be at least 20 characters');
    if (
      apiKeys
        .in(call)
        .values()
        .some((row) => row.value === value)
    )
      throw conflict('API Key already exists');
    const id = freshId();
    const now = call.world.clock.stamp();
    apiKeys.in(call).put(id, {
      id,
      name: properties.Name ?? generateName(),
      value,
      enabled: String(properties.Enabled ?? false) === 'true',
      ...(properties.Description !== undefined && { description: properties.Description }),
      created: now,
      updated: now,
      tags: tagsOf(properties, tags),
    });
    return { status: 'done', physicalId: id };
  },
  update({ after, physicalId }, { call, tags }) {
    apiKeys.in(call).update(physicalId, (draft) => {
      draft.enabled = String(after.Enabled ?? false) === 'true';
      if (after.Description !== undefined) draft.description = after.Description;
      draft.updated = call.world.clock.stamp();
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    apiKeys.in(call).delete(physicalId);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const row = apiKeys.in(call).get(physicalId);
    return row && { ...properties, APIKeyId: row.id, Name: row.name, Enabled: row.enabled };
  },
};

function checkPlan({ ApiStages = [] }: Properties, call: Call): void {
  for (const { ApiId, Stage } of ApiStages)
    if (!stages.in(call).has(`${ApiId}/${Stage}`))
      throw notFound(`Invalid API Stage {api: ${ApiId}, stage: ${Stage}} specified for usageplan`);
}

export const usagePlan: ResourceProvider = {
  create(properties, { call, generateName, tags }) {
    checkPlan(properties, call);
    const id = freshId(6);
    const declared = { ...properties, UsagePlanName: properties.UsagePlanName ?? generateName() };
    usagePlans.in(call).put(id, { id, declared, keys: [], used: {}, tags: tagsOf(properties, tags) });
    return { status: 'done', physicalId: id };
  },
  update({ after, physicalId }, { call, tags }) {
    checkPlan(after, call);
    usagePlans.in(call).update(physicalId, (draft) => {
      draft.declared = { ...after, UsagePlanName: after.UsagePlanName ?? draft.declared.UsagePlanName };
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    usagePlans.in(call).delete(physicalId);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = usagePlans.in(call).get(physicalId);
    return row && { ...structuredClone(row.declared), Id: row.id };
  },
};

export const usagePlanKey: ResourceProvider = {
  create({ KeyId, KeyType, UsagePlanId }, { call }) {
    if (!usagePlans.in(call).has(UsagePlanId)) throw notFound('Invalid Usage Plan ID specified');
    if (KeyType !== 'API_KEY') throw badRequest('Usage plan key type must be API_KEY');
    if (!apiKeys.in(call).has(KeyId)) throw notFound('Invalid API Key identifier specified');
    usagePlans.in(call).update(UsagePlanId, (draft) => {
      if (draft.keys.includes(KeyId)) throw conflict('Usage Plan Key already exists');
      draft.keys.push(KeyId);
    });
    return { status: 'done', physicalId: `${KeyId}:${UsagePlanId}`, attributes: { Id: `${KeyId}:${UsagePlanId}` } };
  },
  delete({ KeyId, UsagePlanId }, physicalId, { call }) {
    if (usagePlans.in(call).has(UsagePlanId))
      usagePlans.in(call).update(UsagePlanId, (draft) => {
        draft.keys = draft.keys.filter((key) => key !== KeyId);
      });
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const row = usagePlans.in(call).get(properties.UsagePlanId);
    return row?.keys.includes(properties.KeyId) ? { ...properties, Id: physicalId } : undefined;
  },
};
