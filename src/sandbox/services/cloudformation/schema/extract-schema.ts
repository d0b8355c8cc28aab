import type { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';
import type { PropertySchema, PropertyType, ResourceSchema } from './resource-schema.ts';

export type SpecDatabase = Awaited<ReturnType<typeof loadAwsServiceSpec>>;
type Resource = ReturnType<SpecDatabase['lookup']> extends ReadonlyArray<infer R> ? R : never;
// biome-ignore lint/suspicious/noExplicitAny: the database's own type union is recursive through another package
type SpecType = any;

/** What the engine needs to know of a type, cut out of the whole database of published schemas. */
export function extractSchema(database: SpecDatabase, type: string): ResourceSchema | undefined {
  const [resource] = database.lookup('resource', 'cloudFormationType', 'equals', type) as unknown as [SpecType?];
  if (!resource) return undefined;
  const definitions: ResourceSchema['definitions'] = {};
  const properties = schemasOf(resource.properties, database, definitions);
  for (const path of resource.additionalReplacementProperties ?? []) {
    const [first] = path as string[];
    if (first && properties[first]) properties[first].replacement ??= path.length === 1 ? 'yes' : 'maybe';
  }
  return {
    type,
    properties,
    attributes: Object.fromEntries(
      Object.entries(resource.attributes as Record<string, SpecType>).map(([name, { type: of }]) => [name, of.type]),
    ),
    identifier: resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [],
    ...(resource.tagInformation
      ? { tags: { property: resource.tagInformation.tagPropertyName, variant: resource.tagInformation.variant } }
      : {}),
    ...(resource.arnTemplate ? { arnTemplate: resource.arnTemplate } : {}),
    definitions,
  };
}

export function typeNames(database: SpecDatabase): string[] {
  return [...(database.all('resource') as unknown as Iterable<Resource & { cloudFormationType: string }>)].map(
    ({ cloudFormationType }) => cloudFormationType,
  );
}

function schemasOf(
  properties: Record<string, SpecType>,
  database: SpecDatabase,
  definitions: ResourceSchema['definitions'],
): Record<string, PropertySchema> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, { type, previousTypes = [], required, causesReplacement }]) => [
      name,
      {
        type: typeOf(
          previousTypes.length > 0 ? { type: 'union', types: [type, ...previousTypes] } : type,
          database,
          definitions,
        ),
        ...(required ? { required: true as const } : {}),
        ...(causesReplacement === 'yes' || causesReplacement === 'maybe' ? { replacement: causesReplacement } : {}),
      },
    ]),
  );
}

function typeOf(type: SpecType, database: SpecDatabase, definitions: ResourceSchema['definitions']): PropertyType {
  switch (type.type) {
    case 'array':
    case 'map':
      return { type: type.type, element: typeOf(type.element, database, definitions) };
    case 'union':
      return { type: 'union', types: type.types.map((each: SpecType) => typeOf(each, database, definitions)) };
    case 'ref': {
      const id = type.reference.$ref as string;
      const definition = database.get('typeDefinition', id) as SpecType;
      if (!(id in definitions)) {
        // Named before it is filled: definitions may refer to themselves.
        definitions[id] = {};
        Object.assign(definitions[id], schemasOf(definition.properties, database, definitions));
      }
      return { type: 'ref', definition: id };
    }
    default:
      return { type: type.type };
  }
}
