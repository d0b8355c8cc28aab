import type { NormalizedSchema } from '@smithy/core/schema';
import { scalarValue } from './scalar.ts';

/** `Tags.member.1.Key=a` as nested maps: `{ Tags: { member: { 1: { Key: 'a' } } } }`. */
export interface QueryNode {
  text?: string;
  readonly children: Map<string, QueryNode>;
}

export function queryTree(form: URLSearchParams): QueryNode {
  const root: QueryNode = { children: new Map() };
  for (const [key, text] of form) {
    let node = root;
    for (const part of key.split('.')) {
      let child = node.children.get(part);
      if (!child) {
        child = { children: new Map() };
        node.children.set(part, child);
      }
      node = child;
    }
    node.text = text;
  }
  return root;
}

/** How EC2 names things, apart from everybody else. */
export type QueryDialect = 'query' | 'ec2';

/** The form by a schema. Lists are taken with and without `member`: clients of different ages write both. */
export function readQuery(schema: NormalizedSchema, node: QueryNode, dialect: QueryDialect): unknown {
  if (schema.isStructSchema()) {
    const result: Record<string, unknown> = {};
    for (const [member, memberSchema] of schema.structIterator()) {
      const child = node.children.get(nameOf(memberSchema, member, dialect));
      if (child) result[member] = readQuery(memberSchema, child, dialect);
    }
    return result;
  }
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return numbered(node).map((child) => readQuery(item, child, dialect));
  }
  if (schema.isMapSchema()) {
    const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
    const item = schema.getValueSchema();
    const valueName = item.getMergedTraits().xmlName ?? 'value';
    const pairs = numbered(node).map((child) => {
      const value = child.children.get(valueName);
      return [child.children.get(keyName)?.text ?? '', value && readQuery(item, value, dialect)];
    });
    return Object.fromEntries(pairs);
  }
  return scalarValue(schema, node.text ?? '');
}

function nameOf(schema: NormalizedSchema, member: string, dialect: QueryDialect): string {
  const { ec2QueryName, xmlName } = schema.getMemberTraits() as { ec2QueryName?: string; xmlName?: string };
  if (dialect === 'query') return xmlName ?? member;
  const name = ec2QueryName ?? xmlName ?? member;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The items of a list: `X.1`, `X.member.1`, `X.entry.1`, or under whatever the item is called. */
function numbered(node: QueryNode): QueryNode[] {
  const own = [...node.children].filter(([key]) => /^\d+$/.test(key));
  const items = own.length > 0 ? own : [...node.children.values()].flatMap((child) => [...child.children]);
  return items
    .filter(([key]) => /^\d+$/.test(key))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);
}
