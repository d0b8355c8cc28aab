import { isObject, type Json, type JsonObject } from '../template/template.ts';
import type { PropertySchema, PropertyType, ResourceSchema } from './resource-schema.ts';

export interface CheckedProperties {
  /** The same properties with text turned into numbers and booleans, and back, where the schema asks for it. */
  properties: JsonObject;
  /** What CloudFormation says of each property that does not fit; empty when all do. */
  complaints: string[];
}

/** Resolved properties against the schema of their type. */
export function checkProperties(properties: JsonObject, schema: ResourceSchema): CheckedProperties {
  const complaints: string[] = [];
  const checked = checkMembers(properties, schema.properties, '', schema, complaints);
  return { properties: checked, complaints };
}

function checkMembers(
  value: JsonObject,
  schemas: Record<string, PropertySchema>,
  path: string,
  schema: ResourceSchema,
  complaints: string[],
): JsonObject {
  for (const [name, { required }] of Object.entries(schemas))
    if (required && value[name] === undefined) complaints.push(`The property {${path}/${name}} is required`);
  const unsupported = Object.keys(value).filter((name) => !(name in schemas));
  if (unsupported.length > 0)
    complaints.push(`Encountered unsupported properties in {${path}/}: [${unsupported.join(', ')}]`);
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      const property = schemas[name];
      return [name, property ? checkValue(child, property.type, `${path}/${name}`, schema, complaints) : child];
    }),
  );
}

function checkValue(value: Json, type: PropertyType, path: string, schema: ResourceSchema, complaints: string[]): Json {
  switch (type.type) {
    case 'string':
    case 'date-time':
      if (typeof value === 'object') complaints.push(mismatch(path, 'String'));
      return typeof value === 'object' ? value : String(value);
    case 'number':
    case 'integer':
      return checkNumber(value, type.type, path, complaints);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      complaints.push(mismatch(path, 'Boolean'));
      return value;
    case 'array':
      if (!Array.isArray(value)) {
        complaints.push(mismatch(path, 'List'));
        return value;
      }
      return value.map((item, index) => checkValue(item, type.element, `${path}/${index}`, schema, complaints));
    case 'map':
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          key,
          checkValue(item, type.element, `${path}/${key}`, schema, complaints),
        ]),
      );
    case 'ref':
      if (!isObject(value)) {
        complaints.push(`Value of property {${path}} must be an object`);
        return value;
      }
      return checkMembers(value, schema.definitions[type.definition] ?? {}, path, schema, complaints);
    case 'union':
      return checkUnion(value, type.types, path, schema, complaints);
    default:
      return value;
  }
}

function checkNumber(value: Json, type: 'number' | 'integer', path: string, complaints: string[]): Json {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) {
    complaints.push(mismatch(path, type === 'integer' ? 'Integer' : 'Number'));
    return value;
  }
  return number;
}

/** The first alternative that fits; when none does, what is wrong with the first one. */
function checkUnion(
  value: Json,
  types: readonly PropertyType[],
  path: string,
  schema: ResourceSchema,
  complaints: string[],
): Json {
  for (const type of types) {
    const own: string[] = [];
    const checked = checkValue(value, type, path, schema, own);
    if (own.length === 0) return checked;
  }
  return checkValue(value, types[0]!, path, schema, complaints);
}

const mismatch = (path: string, type: string): string => `Value of property {${path}} does not match type {${type}}`;
