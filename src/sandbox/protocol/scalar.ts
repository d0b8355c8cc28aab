import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsFault } from '../kernel/fault.ts';

/** How a timestamp is written where its schema does not say. The numbers are those of `@smithy/core/schema`. */
export const TIMESTAMP = { dateTime: 5, httpDate: 6, epochSeconds: 7 } as const;

/** Timestamp schemas without a format of their own. */
const PLAIN_TIMESTAMP = 4;

const formatOf = (schema: NormalizedSchema, fallback: number): number => {
  const format = schema.getSchema() as number;
  return format === PLAIN_TIMESTAMP ? fallback : format;
};

/** The text of a value in XML, in a header, in a path. */
export function scalarText(schema: NormalizedSchema, value: unknown, timestampFormat: number): string {
  if (schema.isTimestampSchema()) {
    const date = asDate(value);
    const format = formatOf(schema, timestampFormat);
    if (format === TIMESTAMP.httpDate) return date.toUTCString();
    return format === TIMESTAMP.epochSeconds ? String(date.getTime() / 1000) : date.toISOString();
  }
  if (schema.isBlobSchema()) return toBase64(value);
  return String(value);
}

/** The value of a text in XML, in a form, in a header; throws what AWS throws for text that is no such value. */
export function scalarValue(schema: NormalizedSchema, text: string): unknown {
  if (schema.isTimestampSchema()) return parseTimestamp(text);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(text, 'base64'));
  if (schema.isBooleanSchema()) {
    if (text === 'true' || text === 'false') return text === 'true';
    throw malformed(text, 'boolean');
  }
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) {
    const number = Number(text);
    if (text.trim() === '' || Number.isNaN(number)) throw malformed(text, 'number');
    return number;
  }
  return text;
}

export const toBase64 = (value: unknown): string =>
  typeof value === 'string'
    ? Buffer.from(value, 'utf8').toString('base64')
    : Buffer.from(value as Uint8Array).toString('base64');

/** Epoch seconds, ISO 8601 or an HTTP date: clients differ. */
export function parseTimestamp(value: string | number): Date {
  const seconds = Number(value);
  const date = Number.isNaN(seconds) ? new Date(value) : new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) throw malformed(String(value), 'timestamp');
  return date;
}

export const asDate = (value: unknown): Date => (value instanceof Date ? value : new Date(value as number));

const malformed = (text: string, type: string): AwsFault =>
  new AwsFault('MalformedInput', `'${text}' is not a valid ${type}`);
