import { blocksSchema } from './blocks.ts';
import { fieldSchema, type JsonSchema } from './field-schema.ts';
import { fileSchema } from './file.ts';
import { kindDefaultText } from './kind-default-text.ts';

/** The JSON Schema of platform.yaml, for editors. What depends on several values at once is for `platform validate`. */
export function configurationJsonSchema(): JsonSchema {
  const file = fieldSchema(fileSchema);
  const blocks = fieldSchema(blocksSchema).properties!;
  for (const [name, block] of Object.entries(blocks)) tellKindDefaults(block, name);
  const environments = file.properties!.environments!;
  const environment = environments.additionalProperties as JsonSchema;
  const references = mapKeys(blocks, (name) => ({ $ref: `#/definitions/${name}` }));

  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'platform.yaml',
    ...file,
    properties: {
      ...file.properties,
      ...references,
      environments: {
        ...environments,
        additionalProperties: { ...environment, properties: { ...environment.properties, ...references } },
      },
    },
    definitions: mapValues(blocks, (block) => nullable(layer(block))),
  };
}

/** One layer of a block: another may hold what is required, and null removes what another holds. */
function layer({ required: _, oneOf, ...schema }: JsonSchema): JsonSchema {
  const inside = (one: JsonSchema) => nullable(layer(one));
  const { properties, additionalProperties, anyOf = oneOf } = schema;
  return {
    ...schema,
    ...(properties && { properties: mapValues(properties, inside) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: inside(additionalProperties) }),
    ...(anyOf && { anyOf: anyOf.map(layer) }),
  };
}

const nullable = ({ description, default: usual, ...schema }: JsonSchema): JsonSchema => ({
  ...(description !== undefined && { description }),
  ...(usual !== undefined && { default: usual }),
  anyOf: [schema, { type: 'null' }],
});

/** Fields whose default the kind decides say so where an editor shows it. */
function tellKindDefaults(schema: JsonSchema, path: string): void {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const inner = `${path}.${name}`;
    const text = kindDefaultText(inner);
    if (text) field.description = `${field.description} Default: ${text}.`;
    tellKindDefaults(field, inner);
  }
  if (typeof schema.additionalProperties === 'object') tellKindDefaults(schema.additionalProperties, `${path}.*`);
}

const mapValues = <T, U>(map: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));

const mapKeys = <T, U>(map: Readonly<Record<string, T>>, make: (key: string) => U): Record<string, U> =>
  Object.fromEntries(Object.keys(map).map((key) => [key, make(key)]));
