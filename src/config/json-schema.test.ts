import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SYSTEMS, systemText } from '../testing/write-project.ts';
import { blocksSchema } from './blocks.ts';
import { fieldSchema, type JsonSchema } from './field-schema.ts';
import { fileSchema } from './file.ts';
import { configurationJsonSchema } from './json-schema.ts';
import { KIND_DEFAULTS } from './kind-defaults.ts';
import { configurationReference } from './reference-page.ts';
import { schemasAt } from './schema-at.ts';

/** Every field with its path, alternatives and names included. */
function* fields(schema: JsonSchema, path: string): Iterable<{ path: string; field: JsonSchema }> {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    yield { path: `${path}.${name}`, field };
    yield* fields(field, `${path}.${name}`);
  }
  for (const option of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) yield* fields(option, path);
  if (schema.items) yield* fields(schema.items, `${path}[]`);
  if (typeof schema.additionalProperties === 'object') yield* fields(schema.additionalProperties, `${path}.*`);
}

/** What tells alternatives apart is described by their names: `on: queue`, `type: canary`, `kind: jwt`. */
const isTag = ({ path, field }: { path: string; field: JsonSchema }) =>
  /\.(?:on|type|kind|mode)$/.test(path) && (field.const !== undefined || field.enum !== undefined);

it('describes every field', () => {
  const all = [...fields(fieldSchema(fileSchema), 'file'), ...fields(fieldSchema(blocksSchema), 'blocks')];
  expect(all.length).toBeGreaterThan(200);
  expect(all.filter((one) => !one.field.description && !isTag(one)).map(({ path }) => path)).toEqual([]);
});

it.each(SYSTEMS)('lets an editor accept %s', (name) => {
  const schema = z.fromJSONSchema(configurationJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  expect(schema.safeParse(parse(systemText(name))).error?.issues ?? []).toEqual([]);
});

it.each([
  ['an unknown key', { project: 'shop', sevices: {} }],
  [
    'an unknown key in an override',
    { project: 'shop', environments: { dev: { kind: 'dev', services: { web: { prot: 1 } } } } },
  ],
  ['a wrong type', { project: 'shop', services: { web: { port: '80' } } }],
  ['no project', { services: {} }],
])('lets an editor refuse %s', (_, value) => {
  const schema = z.fromJSONSchema(configurationJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);
  expect(schema.safeParse(value).success).toBe(false);
});

it('knows every field whose default hangs on the kind', () => {
  for (const pattern of Object.keys(KIND_DEFAULTS.prod)) {
    expect(schemasAt(blocksSchema, pattern.split('.'), {}), pattern).toHaveLength(1);
    expect(configurationReference(), pattern).toContain(pattern.replace(/^[a-z]+\.(?:\*\.)?/i, ''));
  }
});
