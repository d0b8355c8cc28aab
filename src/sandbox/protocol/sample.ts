import type { NormalizedSchema } from '@smithy/core/schema';

/** A value with every member of a schema set, the same each time; recursion ends at the third level of a shape. */
export function sample(schema: NormalizedSchema, hint = 'x', seen: readonly string[] = []): unknown {
  if (schema.isUnitSchema()) return {};
  if (schema.isStructSchema()) {
    const name = schema.getName(true) ?? '';
    if (seen.filter((each) => each === name).length > 1) return undefined;
    const result: Record<string, unknown> = {};
    for (const [member, memberSchema] of schema.structIterator()) {
      const value = sample(memberSchema, member, [...seen, name]);
      if (value !== undefined) result[member] = value;
      // A union holds one of its members.
      if (schema.isUnionSchema() && value !== undefined) break;
    }
    return result;
  }
  if (schema.isListSchema()) {
    const item = sample(schema.getValueSchema(), `${hint} item & <co>`, seen);
    return item === undefined ? undefined : [item, sample(schema.getValueSchema(), `${hint} second`, seen)];
  }
  if (schema.isMapSchema()) {
    const item = sample(schema.getValueSchema(), `${hint} value`, seen);
    return item === undefined ? undefined : { first: item, second: item };
  }
  if (schema.isTimestampSchema()) return new Date(1_700_000_000_000);
  if (schema.isBlobSchema()) return new Uint8Array(Buffer.from(hint));
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema()) return hint.length;
  if (schema.isBigIntegerSchema()) return hint.length;
  if (schema.isDocumentSchema()) return { document: hint };
  return hint;
}
