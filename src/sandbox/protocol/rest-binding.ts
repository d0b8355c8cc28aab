import type { NormalizedSchema } from '@smithy/core/schema';
import { scalarText, scalarValue, TIMESTAMP } from './scalar.ts';
import type { WireRequest } from './wire.ts';

type Members = Record<string, unknown>;

/** What a REST request carries outside its body: path labels, query, headers. */
export function readBound(
  schema: NormalizedSchema,
  { query, headers }: WireRequest,
  labels: Readonly<Record<string, string>>,
): Members {
  const result: Members = {};
  if (schema.isUnitSchema()) return result;
  for (const [member, memberSchema] of schema.structIterator()) {
    const traits = memberSchema.getMergedTraits();
    if (traits.httpLabel) {
      const label = labels[member];
      if (label !== undefined) result[member] = scalarValue(memberSchema, label);
    } else if (traits.httpQuery !== undefined) {
      const values = query.getAll(traits.httpQuery);
      if (values.length > 0) result[member] = fromTexts(memberSchema, values);
    } else if (traits.httpQueryParams) {
      result[member] = Object.fromEntries(query);
    } else if (traits.httpHeader !== undefined) {
      const text = headers[traits.httpHeader.toLowerCase()];
      if (text !== undefined && text !== '')
        result[member] = fromTexts(memberSchema, splitHeader(memberSchema, String(text)));
    } else if (traits.httpPrefixHeaders !== undefined) {
      const prefix = traits.httpPrefixHeaders.toLowerCase();
      const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
      if (found.length > 0)
        result[member] = Object.fromEntries(found.map(([name, text]) => [name.slice(prefix.length), text]));
    }
  }
  return result;
}

function fromTexts(schema: NormalizedSchema, texts: string[]): unknown {
  if (schema.isListSchema()) return texts.map((text) => scalarValue(schema.getValueSchema(), text));
  // An empty text is a string, but no number and no date: S3 takes it as absent.
  return texts[0] === '' && !schema.isStringSchema() ? undefined : scalarValue(schema, texts[0]!);
}

const splitHeader = (schema: NormalizedSchema, text: string): string[] =>
  schema.isListSchema() ? text.split(',').map((part) => part.trim()) : [text];

/** The members of an output that travel as headers. */
export function boundHeaders(schema: NormalizedSchema, output: Members): Record<string, string> {
  const headers: Record<string, string> = {};
  if (schema.isUnitSchema()) return headers;
  for (const [member, memberSchema] of schema.structIterator()) {
    const value = output[member];
    if (value === undefined || value === null) continue;
    const traits = memberSchema.getMergedTraits();
    if (traits.httpHeader !== undefined) headers[traits.httpHeader.toLowerCase()] = headerText(memberSchema, value);
    else if (traits.httpPrefixHeaders !== undefined) {
      for (const [name, text] of Object.entries(value)) headers[traits.httpPrefixHeaders.toLowerCase() + name] = text;
    }
  }
  return headers;
}

function headerText(schema: NormalizedSchema, value: unknown): string {
  if (!schema.isListSchema()) return scalarText(schema, value, TIMESTAMP.httpDate);
  const item = schema.getValueSchema();
  return (value as unknown[]).map((each) => scalarText(item, each, TIMESTAMP.httpDate)).join(',');
}

/** The member that is the whole body, when there is one. */
export function payloadMember(schema: NormalizedSchema): [string, NormalizedSchema] | undefined {
  if (schema.isUnitSchema()) return undefined;
  for (const [member, memberSchema] of schema.structIterator())
    if (memberSchema.getMergedTraits().httpPayload) return [member, memberSchema];
  return undefined;
}

/** The status that an output chooses itself, if its schema lets it. */
export function boundStatus(schema: NormalizedSchema, output: Members): number | undefined {
  if (schema.isUnitSchema()) return undefined;
  for (const [member, memberSchema] of schema.structIterator())
    if (memberSchema.getMergedTraits().httpResponseCode) return output[member] as number | undefined;
  return undefined;
}

export const isStructured = (schema: NormalizedSchema): boolean =>
  schema.isStructSchema() || schema.isListSchema() || schema.isMapSchema();
