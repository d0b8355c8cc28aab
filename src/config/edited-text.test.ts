import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { editedText } from './edited-text.ts';

const BLOCK = `# what we run
project: demo
services:
  web: # the shop
    cpu: 256   # small
    port: 8080

environments:
  dev: { kind: dev }
  prod:
`;

describe('a value of a YAML file is edited in place, and nothing else', () => {
  it.each([
    ['a value', ['services', 'web', 'cpu'], 300, '    cpu: 300   # small'],
    ['a key of a block', ['services', 'web', 'memory'], 512, '    memory: 512\n    cpu: 256   # small'],
    ['a whole block', ['services', 'web'], { port: 1 }, '    { port: 1 }\n\nenvironments:'],
    ['a key in braces', ['environments', 'dev', 'region'], 'eu-west-1', '  dev: { region: eu-west-1, kind: dev }'],
    [
      'a path that is not there',
      ['environments', 'dev', 'network', 'cidr'],
      '10.9.0.0/16',
      '{ network: { cidr: 10.9.0.0/16 }, kind',
    ],
    ['where nothing is written', ['environments', 'prod', 'kind'], 'prod', '  prod: { kind: prod }'],
    [
      'a version, as text',
      ['databases', 'main', 'version'],
      '16.4',
      'databases: { main: { version: "16.4" } }\nproject: demo',
    ],
  ])('%s', (_, path, value, line) => {
    const edited = editedText(BLOCK, path, value)!;
    expect(edited).toContain(line);
    expect(edited).toContain('# what we run');
    const lines = (text: string) => new Set(text.split('\n'));
    expect([...lines(BLOCK)].filter((one) => !lines(edited).has(one)).length).toBeLessThanOrEqual(3);
  });

  it('is left alone where it says so already', () => {
    expect(editedText(BLOCK, ['services', 'web', 'cpu'], 256)).toBe(BLOCK);
  });

  it('is not guessed at where it stands behind an alias or in a list', () => {
    expect(editedText('a: &x { b: 1 }\nc: *x\n', ['c', 'b'], 2)).toBeUndefined();
    expect(editedText('a: [1]\n', ['a', 'b'], 2)).toBeUndefined();
  });

  it('reads back as what was asked for, whatever stood there', () => {
    const key = fc.constantFrom('a', 'b', 'c: d', '#e', '1');
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()));
    const maps = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)), { minKeys: 1 });
    fc.assert(
      fc.property(
        maps,
        fc.array(key, { minLength: 1, maxLength: 3 }),
        value,
        fc.boolean(),
        (map, path, wanted, isFlow) => {
          const text = isFlow ? JSON.stringify(map) : toBlock(map);
          const edited = editedText(text, path, wanted);
          if (edited === undefined) return;
          let found: unknown = parse(edited);
          for (const one of path) found = (found as Record<string, unknown>)[one];
          expect(found).toEqual(wanted);
        },
      ),
    );
  });
});

const toBlock = (map: Record<string, unknown>): string =>
  Object.entries(map)
    .map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}\n`)
    .join('');
