import type { SpecDatabase } from './extract-schema.ts';
import type { ResourceSchema } from './resource-schema.ts';

/** Types that exist without a published schema; to look for one would take half a second. */
const SCHEMALESS = new Set(['AWS::CDK::Metadata']);

export const isSchemaless = (type: string): boolean => SCHEMALESS.has(type) || type.startsWith('Custom::');

const known = new Map<string, ResourceSchema | undefined>();
/** 150 MB while alive: held only as long as nobody else needs the memory. */
let database: WeakRef<SpecDatabase> | undefined;

/** The schema of each type, undefined for types that AWS does not have. Loads the published schemas when first needed. */
export async function schemasFor(types: Iterable<string>): Promise<ReadonlyMap<string, ResourceSchema | undefined>> {
  const wanted = new Set(types);
  if (known.size === 0) await unpack();
  const missing = [...wanted].filter((type) => !known.has(type) && !isSchemaless(type));
  if (missing.length > 0) {
    const { extractSchema } = await import('./extract-schema.ts');
    const loaded = await load();
    for (const type of missing) known.set(type, extractSchema(loaded, type));
  }
  return new Map([...wanted].map((type) => [type, known.get(type)]));
}

export async function schemaFor(type: string): Promise<ResourceSchema | undefined> {
  return (await schemasFor([type])).get(type);
}

async function unpack(): Promise<void> {
  const [{ unpackSchemas }, { PACKED_SCHEMAS }] = await Promise.all([
    import('./unpack-schemas.ts'),
    import('./packed-schemas.ts'),
  ]);
  for (const schema of unpackSchemas(PACKED_SCHEMAS)) known.set(schema.type, schema);
}

async function load(): Promise<SpecDatabase> {
  const held = database?.deref();
  if (held) return held;
  const { loadAwsServiceSpec } = await import('@aws-cdk/aws-service-spec');
  const loaded = await loadAwsServiceSpec();
  database = new WeakRef(loaded);
  return loaded;
}
