import { UNKNOWN } from '../intrinsics/environment.ts';
import { isObject, type Json, type JsonObject } from '../template/template.ts';
import type { PropertySchema, PropertyType, ResourceSchema } from './resource-schema.ts';

export interface CheckedProperties {
  /** The same properties with text turned into numbers and booleans, and back, where the schema asks for it. */
  properties: JsonObject;
  /** What does not fit; empty when all does. */
  complaints: Complaint[];
}

export interface Complaint {
  kind: 'required' | 'type' | 'unsupported';
  /** `/Outer/Inner`; empty for the properties as a whole. */
  path: string;
  /** The names missing or unsupported, or the type that was expected. */
  names: string[];
}

/** The sentence of a failed resource. */
export function complaintSentence({ kind, path, names }: Complaint): string {
  if (kind === 'required') return names.map((name) => `The property {${path}/${name}} is required`).join(', ');
  if (kind === 'unsupported') return `Encountered unsupported properties in {${path}/}: [${names.join(', ')}]`;
  return `Value of property {${path}} does not match type {${names[0]}}`;
}

/** Resolved properties against the schema of their type. */
export function checkProperties(properties: JsonObject, schema: ResourceSchema): CheckedProperties {
  const complaints: Complaint[] = [];
  const checked = checkMembers(properties, schema.properties, '', schema, complaints);
  return { properties: checked, complaints };
}

function checkMembers(
  value: JsonObject,
  schemas: Record<string, PropertySchema>,
  path: string,
  schema: ResourceSchema,
  complaints: Complaint[],
): JsonObject {
  for (const [name, { required }] of Object.entries(schemas))
    if (required && value[name] === undefined) complaints.push({ kind: 'required', path, names: [name] });
  const unsupported = Object.keys(value).filter((name) => !(name in schemas));
  if (unsupported.length > 0) complaints.push({ kind: 'unsupported', path, names: unsupported });
  return Object.fromEntries(
    Object.entries(value).map(([name, child]) => {
      const property = schemas[name];
      return [name, property ? checkValue(child, property.type, `${path}/${name}`, schema, complaints) : child];
    }),
  );
}

function checkValue(
  value: Json,
  type: PropertyType,
  path: string,
  schema: ResourceSchema,
  complaints: Complaint[],
): Json {
  // What is not known yet fits anywhere.
  if (value === UNKNOWN) return value;
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
        complaints.push(mismatch(path, 'Map'));
        return value;
      }
      return checkMembers(value, schema.definitions[type.definition] ?? {}, path, schema, complaints);
    case 'union':
      return checkUnion(value, type.types, path, schema, complaints);
    default:
      return value;
  }
}

function checkNumber(value: Json, type: 'number' | 'integer', path: string, complaints: Complaint[]): Json {
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
  complaints: Complaint[],
): Json {
  for (const type of types) {
    const own: Complaint[] = [];
    const checked = checkValue(value, type, path, schema, own);
    if (own.length === 0) return checked;
  }
  return checkValue(value, types[0]!, path, schema, complaints);
}

const mismatch = (path: string, type: string): Complaint => ({ kind: 'type', path, names: [type] });
