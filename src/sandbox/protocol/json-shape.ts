import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from '../kernel/fault.ts';
import { asDate, parseTimestamp, toBase64 } from './scalar.ts';

type Json = unknown;
type JsonObject = Record<string, Json>;

/** Where keys of structures come from: REST-JSON honours `jsonName`, the RPC protocols do not. */
export type KeyStyle = 'jsonName' | 'memberName';

const keyOf = (schema: NormalizedSchema, member: string, keys: KeyStyle): string =>
  (keys === 'jsonName' ? schema.getMergedTraits().jsonName : undefined) ?? member;

/** JSON by a schema to the SDK's own values: dates, bytes. Keys that the schema does not know are dropped, as AWS does. */
export function readJson(schema: NormalizedSchema, value: Json, keys: KeyStyle): unknown {
  if (value === null || value === undefined) return undefined;
  if (schema.isStructSchema()) {
    const source = object(value);
    const result: JsonObject = {};
    for (const [member, memberSchema] of schema.structIterator()) {
      const read = readJson(memberSchema, source[keyOf(memberSchema, member, keys)], keys);
      if (read !== undefined) result[member] = read;
    }
    return result;
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) throw unexpected(value);
    const item = schema.getValueSchema();
    return value.map((each) => readJson(item, each, keys)).filter((each) => each !== undefined);
  }
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    return Object.fromEntries(Object.entries(object(value)).map(([key, each]) => [key, readJson(item, each, keys)]));
  }
  return readScalar(schema, value);
}

function readScalar(schema: NormalizedSchema, value: Json): unknown {
  if (schema.isDocumentSchema() || schema.isUnitSchema()) return value;
  if (typeof value === 'object') throw unexpected(value);
  if (schema.isTimestampSchema()) return parseTimestamp(value as string | number);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(String(value), 'base64'));
  if (schema.isStringSchema() && typeof value !== 'string') throw inconvertible(value, 'a String');
  if (schema.isBooleanSchema() && typeof value !== 'boolean') throw inconvertible(value, 'a Boolean');
  if (schema.isNumericSchema() && typeof value !== 'number') {
    if (typeof value === 'string' && ['NaN', 'Infinity', '-Infinity'].includes(value)) return Number(value);
    throw inconvertible(value, 'an Integer');
  }
  return value;
}

/** The SDK's values by a schema to JSON; members that the schema does not know are left out. */
export function writeJson(schema: NormalizedSchema, value: unknown, keys: KeyStyle): Json {
  if (value === null || value === undefined) return undefined;
  if (schema.isStructSchema()) {
    const source = value as JsonObject;
    const result: JsonObject = {};
    for (const [member, memberSchema] of schema.structIterator()) {
      const written = writeJson(memberSchema, source[member], keys);
      if (written !== undefined) result[keyOf(memberSchema, member, keys)] = written;
    }
    return result;
  }
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return (value as unknown[]).map((each) => writeJson(item, each, keys) ?? null);
  }
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([key, each]) => [key, writeJson(item, each, keys) ?? null]),
    );
  }
  if (schema.isTimestampSchema()) {
    const date = asDate(value);
    const format = schema.getSchema();
    return format === 5 ? date.toISOString() : format === 6 ? date.toUTCString() : date.getTime() / 1000;
  }
  if (schema.isBlobSchema()) return toBase64(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

export function parseJsonBody(body: Buffer): JsonObject {
  if (body.length === 0) return {};
  try {
    return object(JSON.parse(body.toString('utf8')));
  } catch (error) {
    throw error instanceof AwsFault ? error : unexpected(undefined);
  }
}

function object(value: Json): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw unexpected(value);
}

/** Wording of services built on AWS's Java framework, as seen in public reports of SerializationException. */
const unexpected = (value: Json): AwsFault =>
  new AwsFault(
    'SerializationException',
    Array.isArray(value)
      ? 'Start of list found where not expected'
      : typeof value === 'object'
        ? 'Start of structure or map found where not expected.'
        : 'Unexpected token received from parser',
  );

const inconvertible = (value: Json, wanted: string): AwsFault => {
  const kind = typeof value === 'string' ? 'STRING_VALUE' : typeof value === 'number' ? 'NUMBER_VALUE' : undefined;
  return new AwsFault(
    'SerializationException',
    `${kind ?? (value === true ? 'TRUE_VALUE' : 'FALSE_VALUE')} can not be converted to ${wanted}`,
  );
};
