import type { NormalizedSchema } from '@smithy/core/schema';
import { scalarText, TIMESTAMP } from './scalar.ts';

type Members = Record<string, unknown>;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#xD;' };

export const escapeXml = (text: string): string => text.replace(/[&<>"\r]/g, (character) => ESCAPES[character]!);

/** The members of a structure as XML elements, in the order of the schema; what HTTP carries elsewhere is left out. */
export function xmlMembers(schema: NormalizedSchema, value: unknown): string {
  let text = '';
  for (const [member, memberSchema] of schema.structIterator()) {
    const each = (value as Members)[member];
    const traits = memberSchema.getMergedTraits();
    if (each === null || each === undefined || traits.xmlAttribute || isBoundToHttp(traits)) continue;
    text += xmlElement(memberSchema.getMemberTraits().xmlName ?? member, memberSchema, each);
  }
  return text;
}

export function xmlElement(name: string, schema: NormalizedSchema, value: unknown): string {
  const flat = Boolean(schema.getMergedTraits().xmlFlattened);
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const itemName = flat ? name : (item.getMergedTraits().xmlName ?? 'member');
    const items = (value as unknown[]).map((each) => xmlElement(itemName, item, each)).join('');
    return flat ? items : `<${name}>${items}</${name}>`;
  }
  if (schema.isMapSchema()) {
    const [keyName, item] = [schema.getKeySchema().getMergedTraits().xmlName ?? 'key', schema.getValueSchema()];
    const entryName = flat ? name : 'entry';
    const entries = Object.entries(value as Members).map(
      ([key, each]) =>
        `<${entryName}><${keyName}>${escapeXml(key)}</${keyName}>${xmlElement(item.getMergedTraits().xmlName ?? 'value', item, each)}</${entryName}>`,
    );
    return flat ? entries.join('') : `<${name}>${entries.join('')}</${name}>`;
  }
  if (schema.isStructSchema()) return `<${name}${attributes(schema, value)}>${xmlMembers(schema, value)}</${name}>`;
  return `<${name}>${escapeXml(scalarText(schema, value, TIMESTAMP.dateTime))}</${name}>`;
}

/** Only S3's grantees have attributes: `xsi:type`, with the namespace that explains it. */
function attributes(schema: NormalizedSchema, value: unknown): string {
  let text = '';
  const [prefix, uri] = namespaceOf(schema);
  if (uri) text += ` xmlns${prefix ? `:${prefix}` : ''}="${escapeXml(uri)}"`;
  for (const [member, memberSchema] of schema.structIterator()) {
    const each = (value as Members)[member];
    const traits = memberSchema.getMergedTraits();
    if (traits.xmlAttribute && each !== undefined) text += ` ${traits.xmlName ?? member}="${escapeXml(String(each))}"`;
  }
  return text;
}

function namespaceOf(schema: NormalizedSchema): [string, string] {
  const namespace = schema.getMergedTraits().xmlNamespace as unknown;
  if (Array.isArray(namespace)) return [namespace[0] ?? '', namespace[1] ?? ''];
  return ['', typeof namespace === 'string' ? namespace : ''];
}

export const isBoundToHttp = (traits: ReturnType<NormalizedSchema['getMergedTraits']>): boolean =>
  Boolean(
    traits.httpHeader ||
      traits.httpQuery ||
      traits.httpLabel ||
      traits.httpQueryParams ||
      traits.httpResponseCode ||
      traits.httpPrefixHeaders !== undefined,
  );
