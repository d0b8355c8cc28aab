import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { type HolderKind, tableOf } from '../holders.ts';
import { groupPolicies, rolePolicies, userPolicies } from '../operations/inline-policies.ts';
import { keyOf } from '../state.ts';
import { asText } from './synchronize.ts';

type Call = ResourceContext['call'];

const INLINE = { role: rolePolicies, user: userPolicies, group: groupPolicies };
const LISTS = [
  ['role', 'Roles'],
  ['user', 'Users'],
  ['group', 'Groups'],
] as const;

const targetsOf = (properties: Properties): { kind: HolderKind; name: string }[] =>
  LISTS.flatMap(([kind, list]) => (properties[list] ?? []).map((name: string) => ({ kind, name })));

const named = (name: string) => ({ RoleName: name, UserName: name, GroupName: name });

function put(properties: Properties, call: Call): void {
  for (const { kind, name } of targetsOf(properties))
    INLINE[kind].put(
      { ...named(name), PolicyName: properties.PolicyName, PolicyDocument: asText(properties.PolicyDocument) },
      call,
    );
}

function remove(properties: Properties, keep: Properties, call: Call): void {
  const kept = keep.PolicyName === properties.PolicyName ? targetsOf(keep) : [];
  for (const { kind, name } of targetsOf(properties)) {
    if (kept.some((target) => target.kind === kind && target.name === name)) continue;
    const row = tableOf(kind, call).get(keyOf(name));
    if (row && properties.PolicyName in row.inline)
      INLINE[kind].delete({ ...named(name), PolicyName: properties.PolicyName }, call);
  }
}

/** An inline policy put into roles, users and groups: it has no life of its own. */
export const policy: ResourceProvider = {
  create(properties, { call, generateName }) {
    if (targetsOf(properties).length === 0)
      return {
        status: 'failed',
        reason: 'At least one of [Groups,Roles,Users] must be non-empty.',
        code: 'InvalidRequest',
      };
    put(properties, call);
    return { status: 'done', physicalId: generateName() };
  },

  update({ before, after, physicalId }, { call }) {
    put(after, call);
    remove(before, after, call);
    return { status: 'done', physicalId };
  },

  delete(properties, physicalId, { call }) {
    remove(properties, {}, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, properties, { call }) {
    const [target] = targetsOf(properties);
    const document = target && tableOf(target.kind, call).get(keyOf(target.name))?.inline[properties.PolicyName];
    if (document === undefined) return undefined;
    return { ...properties, Id: physicalId, PolicyDocument: JSON.parse(document) };
  },
};
