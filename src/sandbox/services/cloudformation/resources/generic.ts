import { randomUUID } from 'node:crypto';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { defineTable, type Scope } from '../../../kernel/scope.ts';
import { randomSuffix } from '../engine/names.ts';
import type { ResourceSchema } from '../schema/resource-schema.ts';

interface GenericRow {
  properties: Properties;
  attributes: Properties;
}

/** Resources of types that no service of the sandbox has: records without behaviour. */
export const genericResources = defineTable<GenericRow>('cloudformation.generic-resources');

/** Keeps properties, invents identifiers and attributes from what the type's schema says of them. */
export function genericProvider(type: string, schema: ResourceSchema | undefined): ResourceProvider {
  const rows = (scope: Scope) => genericResources.in(scope);
  const key = (physicalId: string) => `${type}|${physicalId}`;
  return {
    create(properties, context) {
      const attributes = inventAttributes(type, properties, schema, context);
      const physicalId = identifierOf(schema, properties, attributes) ?? context.generateName();
      if (rows(context.call).has(key(physicalId)))
        return { status: 'failed', reason: `${physicalId} already exists`, code: 'AlreadyExists' };
      rows(context.call).put(key(physicalId), { properties, attributes });
      return { status: 'done', physicalId, attributes };
    },
    update({ after, physicalId }, context) {
      const row = rows(context.call).get(key(physicalId));
      if (!row) return { status: 'failed', reason: `${physicalId} does not exist`, code: 'NotFound' };
      rows(context.call).put(key(physicalId), { ...row, properties: after });
      return { status: 'done', physicalId, attributes: row.attributes };
    },
    delete(_properties, physicalId, context) {
      rows(context.call).delete(key(physicalId));
      return { status: 'done', physicalId };
    },
    read(physicalId, _properties, context) {
      const row = rows(context.call).get(key(physicalId));
      return row && { ...row.properties, ...row.attributes };
    },
  };
}

function identifierOf(
  schema: ResourceSchema | undefined,
  properties: Properties,
  attributes: Properties,
): string | undefined {
  const parts = (schema?.identifier ?? []).map((name) => properties[name] ?? attributes[name]);
  return parts.length > 0 && parts.every((part) => part !== undefined) ? parts.join('|') : undefined;
}

/** ARNs by the type's template; ids and names that nobody gave by the kind of their name. */
function inventAttributes(
  type: string,
  properties: Properties,
  schema: ResourceSchema | undefined,
  context: ResourceContext,
): Properties {
  const [, segment = '', kind = ''] = type.split('::');
  const nameProperty = Object.keys(schema?.properties ?? {}).find((name) => name === `${kind}Name` || name === 'Name');
  const name = (nameProperty && properties[nameProperty]) ?? context.generateName();
  const { account, region } = context.call;
  const arn = schema?.arnTemplate
    ? schema.arnTemplate.replaceAll(/\$\{(\w+)\}/g, (_whole, variable: string) =>
        variable === 'Partition'
          ? 'aws'
          : variable === 'Region'
            ? region
            : variable === 'Account'
              ? account
              : String(properties[variable] ?? name),
      )
    : `arn:aws:${segment.toLowerCase()}:${region}:${account}:${kind.toLowerCase()}/${name}`;
  const invented = [
    ...Object.entries(schema?.attributes ?? {}),
    ...(schema?.identifier ?? []).map((id) => [id, 'string'] as const),
  ]
    .filter(([attribute]) => properties[attribute] === undefined)
    .map(([attribute, valueType]) => [
      attribute,
      inventValue(attribute, valueType, String(name), arn, kind, nameProperty),
    ]);
  return Object.fromEntries(invented);
}

function inventValue(
  attribute: string,
  type: string,
  name: string,
  arn: string,
  kind: string,
  nameProperty?: string,
): unknown {
  if (type === 'boolean') return false;
  if (type === 'integer' || type === 'number') return 0;
  if (type === 'array') return [];
  if (/arn$/i.test(attribute)) return arn;
  if (attribute === nameProperty || /name$/i.test(attribute)) return name;
  if (/uuid|guid/i.test(attribute)) return randomUUID();
  if (/id$/i.test(attribute)) return `${kind.toLowerCase().slice(0, 8)}-${randomSuffix().toLowerCase()}`;
  return name;
}
