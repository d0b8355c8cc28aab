import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Call, TableDefinition } from '../../../kernel/scope.ts';
import {
  createOriginAccessControl,
  deleteOriginAccessControl,
  updateOriginAccessControl,
} from '../operations/origin-access-controls.ts';
import * as policies from '../operations/policies.ts';
import {
  cachePolicies,
  originAccessControls,
  originRequestPolicies,
  type PolicyRow,
  responseHeadersPolicies,
} from '../state.ts';

// biome-ignore lint/suspicious/noExplicitAny: configurations of several kinds, each with its own schema
type Any = any;

const isObject = (value: Any): value is Record<string, Any> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Lists that are plain in properties and counted in the API, but for those that both write as `{ Items }`. */
function counted(value: Any): Any {
  if (Array.isArray(value))
    return { Quantity: value.length, Items: value.map((item) => (isObject(item) ? counted(item) : item)) };
  if (!isObject(value)) return value === 'true' ? true : value === 'false' ? false : value;
  if (Array.isArray(value.Items) && Object.keys(value).length === 1) return counted(value.Items);
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, counted(child)]));
}

interface Kind {
  /** Property and member that hold the configuration. */
  member: string;
  table: TableDefinition<PolicyRow<Any>>;
  create(input: Any, call: Call): Any;
  update(input: Any, call: Call): Any;
  delete(input: Any, call: Call): Any;
}

/** A resource that is a name and a configuration, known by an id. */
function providerOf({ member, table, ...operations }: Kind): ResourceProvider {
  const input = (properties: Properties) => ({ [member]: counted(properties[member]) });
  const kind = member.replace(/Config$/, '');
  const attributesOf = (row: PolicyRow<Any>) => ({
    Id: row.id,
    LastModifiedTime: new Date(row.modified).toISOString(),
  });
  return {
    create(properties, { call }) {
      const id: string = operations.create(input(properties), call)[kind].Id;
      return { status: 'done', physicalId: id, attributes: attributesOf(table.in(call).get(id)!) };
    },
    update({ after, physicalId }, { call }) {
      const IfMatch = table.in(call).get(physicalId)!.etag;
      operations.update({ Id: physicalId, IfMatch, ...input(after) }, call);
      return { status: 'done', physicalId, attributes: attributesOf(table.in(call).get(physicalId)!) };
    },
    delete(_properties, physicalId, { call }) {
      const row = table.in(call).get(physicalId);
      if (row) operations.delete({ Id: physicalId, IfMatch: row.etag }, call);
      return { status: 'done', physicalId };
    },
    read(physicalId, properties, { call }) {
      const row = table.in(call).get(physicalId);
      if (!row) return undefined;
      const unchanged =
        JSON.stringify(sorted({ Description: '', ...input(properties)[member] })) ===
        JSON.stringify(sorted({ Description: '', ...row.config }));
      return { ...attributesOf(row), [member]: unchanged ? properties[member] : structuredClone(row.config) };
    },
  };
}

const sorted = (value: Any): Any =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, child]) => [name, sorted(child)]),
      )
    : Array.isArray(value)
      ? value.map(sorted)
      : String(value);

export const originAccessControl = providerOf({
  member: 'OriginAccessControlConfig',
  table: originAccessControls,
  create: createOriginAccessControl,
  update: updateOriginAccessControl,
  delete: deleteOriginAccessControl,
});
export const cachePolicyResource = providerOf({
  member: 'CachePolicyConfig',
  table: cachePolicies,
  ...policies.cachePolicy,
});
export const originRequestPolicyResource = providerOf({
  member: 'OriginRequestPolicyConfig',
  table: originRequestPolicies,
  ...policies.originRequestPolicy,
});
export const responseHeadersPolicyResource = providerOf({
  member: 'ResponseHeadersPolicyConfig',
  table: responseHeadersPolicies,
  ...policies.responseHeadersPolicy,
});
