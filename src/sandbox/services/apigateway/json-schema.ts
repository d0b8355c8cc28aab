/** As much of JSON Schema (draft 4) as models of requests use; what is not known here lets everything through. */
// biome-ignore lint/suspicious/noExplicitAny: a schema is any JSON
type Schema = any;

export type SchemaSource = (name: string) => Schema | undefined;

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

function fitsType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  return typeOf(value) === type;
}

/** Whether a value is what a schema says. References lead to other models, or into the schema itself. */
export function fitsSchema(value: unknown, schema: Schema, modelNamed: SchemaSource, root: Schema = schema): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  const fits = (each: unknown, inner: Schema) => fitsSchema(each, inner, modelNamed, root);
  if (typeof schema.$ref === 'string') {
    const target = resolve(schema.$ref, modelNamed, root);
    return target === undefined || fitsSchema(value, target.schema, modelNamed, target.root);
  }
  const types = schema.type === undefined ? [] : [schema.type].flat();
  if (types.length > 0 && !types.some((type: string) => fitsType(value, type))) return false;
  if (schema.enum && !schema.enum.some((each: unknown) => JSON.stringify(each) === JSON.stringify(value))) return false;
  if (schema.allOf && !schema.allOf.every((each: Schema) => fits(value, each))) return false;
  if (schema.anyOf && !schema.anyOf.some((each: Schema) => fits(value, each))) return false;
  if (schema.oneOf && schema.oneOf.filter((each: Schema) => fits(value, each)).length !== 1) return false;
  if (schema.not && fits(value, schema.not)) return false;
  if (typeof value === 'number') return fitsNumber(value, schema);
  if (typeof value === 'string') return fitsText(value, schema);
  if (Array.isArray(value)) return fitsList(value, schema, fits);
  return typeof value !== 'object' || value === null || fitsObject(value as Record<string, unknown>, schema, fits);
}

type Fits = (value: unknown, schema: Schema) => boolean;

function fitsNumber(
  value: number,
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Schema,
): boolean {
  if (minimum !== undefined && (exclusiveMinimum === true ? value <= minimum : value < minimum)) return false;
  if (maximum !== undefined && (exclusiveMaximum === true ? value >= maximum : value > maximum)) return false;
  return multipleOf === undefined || Number.isInteger(value / multipleOf);
}

function fitsText(value: string, { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Schema): boolean {
  const length = [...value].length;
  return length >= minLength && length <= maxLength && (pattern === undefined || new RegExp(pattern, 'u').test(value));
}

function fitsList(value: unknown[], schema: Schema, fits: Fits): boolean {
  if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Number.POSITIVE_INFINITY))
    return false;
  if (schema.uniqueItems && new Set(value.map((each) => JSON.stringify(each))).size < value.length) return false;
  if (Array.isArray(schema.items))
    return schema.items.every((item: Schema, index: number) => index >= value.length || fits(value[index], item));
  return schema.items === undefined || value.every((each) => fits(each, schema.items));
}

function fitsObject(value: Record<string, unknown>, schema: Schema, fits: Fits): boolean {
  const names = Object.keys(value);
  if ((schema.required ?? []).some((name: string) => !names.includes(name))) return false;
  if (names.length < (schema.minProperties ?? 0)) return false;
  if (names.length > (schema.maxProperties ?? Number.POSITIVE_INFINITY)) return false;
  const patterns = Object.entries(schema.patternProperties ?? {});
  return names.every((name) => {
    const matching = patterns.filter(([pattern]) => new RegExp(pattern, 'u').test(name)).map(([, inner]) => inner);
    const own = schema.properties?.[name];
    if (own !== undefined) matching.push(own);
    if (matching.length > 0) return matching.every((inner) => fits(value[name], inner));
    const more = schema.additionalProperties ?? true;
    return more === true || (more !== false && fits(value[name], more));
  });
}

/** `https://apigateway.amazonaws.com/restapis/<api>/models/<name>` or `#/definitions/<name>`. */
function resolve(ref: string, modelNamed: SchemaSource, root: Schema): { schema: Schema; root: Schema } | undefined {
  const [, name] = /\/models\/([^/#]+)(?:#.*)?$/.exec(ref) ?? [];
  if (name !== undefined) {
    const schema = modelNamed(name);
    return schema === undefined ? undefined : { schema, root: schema };
  }
  if (!ref.startsWith('#')) return undefined;
  const path = ref.slice(1).split('/').filter(Boolean);
  const schema = path.reduce<Schema>((at, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], root);
  return schema === undefined ? undefined : { schema, root };
}
