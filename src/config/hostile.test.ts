import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlatformError } from '../errors/platform-error.ts';
import { loadText, mistakesIn, refusal, SYSTEMS, systemText, writeProject } from '../testing/write-project.ts';
import { parseYaml } from './parse-yaml.ts';
import { readText } from './read-text.ts';

/* Each of these would cost minutes, gigabytes or the whole process if its limit were not there; the test would not end. */
const KILO = 1024;

it('refuses a file of ten megabytes without reading it', () => {
  const error = refusal(() => loadText(`project: shop\n#${'x'.repeat(10 * KILO * KILO)}`));
  expect(error).toMatchObject({ id: 'config-too-large', kind: 'usage' });
  expect(error.message).toContain('10485775 bytes; 524288 are read');
});

it.each([
  ['lists', '['.repeat(500 * KILO)],
  ['maps', '{a: '.repeat(120 * KILO)],
  ['block lists', '- '.repeat(250 * KILO)],
  ['complex keys', '? '.repeat(250 * KILO)],
  ['indentation', Array.from({ length: 700 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
])('refuses %s nested without end, before they can exhaust the stack', (_, text) => {
  expect(mistakesIn(text)).toEqual([expect.stringContaining('nested too deeply')]);
});

it.each([
  ['keys', Array.from({ length: 40_000 }, (_, index) => `k${index}: 1\n`).join('')],
  ['quotation marks on one line', '"'.repeat(500 * KILO)],
  ['documents', '---\n'.repeat(120 * KILO)],
  ['comments', '#\n'.repeat(250 * KILO)],
  ['directives', '%a b\n'.repeat(100 * KILO)],
])('refuses %s by the hundred thousand', (_, text) => {
  expect(mistakesIn(text)).toEqual([expect.stringContaining('more than 100000 words and signs')]);
});

it('refuses an alias bomb', () => {
  const levels = 'bcdefghijklm'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghijkl'[index]}`).join(', ')}]`);
  const [only] = mistakesIn(`a: &a [x, x, x, x, x, x, x, x, x]\n${levels.join('\n')}`);
  expect(only).toContain('more than 20000 values, aliases counted each time');
});

it('refuses an alias inside what it repeats', () => {
  expect(mistakesIn('project: &a [*a]')[0]).toContain('the alias *a stands inside what it repeats');
});

it('lets an alias repeat a value', () => {
  const { blocks } = loadText('project: shop\nqueues: { a: &queue { retentionDays: 2 }, b: *queue }').environment(
    'sandbox',
  );
  expect(blocks.queues.b).toEqual(blocks.queues.a);
});

it('stops explaining after a hundred mistakes in one environment', () => {
  const blocks = Array.from({ length: 190 }, (_, index) => `  b${index}: { knid: 1, access: 5 }`).join('\n');
  const environments = Array.from({ length: 30 }, (_, index) => `  e${index}: { kind: dev }`).join('\n');
  const mistakes = mistakesIn(`project: shop\nbuckets:\n${blocks}\nenvironments:\n${environments}`);
  expect(mistakes).toHaveLength(100);
});

it.each([
  [
    'blocks',
    `buckets:\n${Array.from({ length: 201 }, (_, index) => `  b${index}: {}`).join('\n')}`,
    'buckets has 201 entries; 200 are read',
  ],
  [
    'environments',
    `environments:\n${Array.from({ length: 33 }, (_, index) => `  e${index}: { kind: dev }`).join('\n')}`,
    'environments has 33 entries; 32 are read',
  ],
  [
    'keys',
    `secrets: { a: { keys: { ${Array.from({ length: 201 }, (_, index) => `K${index}: `).join(', ')} } } }`,
    'secrets.a.keys has 201 entries; 200 are read',
  ],
  [
    'values in all',
    `services: { w: { image: { context: . }, env: { ${Array.from({ length: 6000 }, (_, index) => `V${index}: x`).join(', ')} } } }\nenvironments:\n${Array.from({ length: 20 }, (_, index) => `  e${index}: { kind: dev }`).join('\n')}`,
    '6048 values for 21 environments are more than 100000 in all',
  ],
])('refuses too many %s', (_, text, message) => {
  expect(mistakesIn(`project: shop\n${text}`)).toEqual([expect.stringContaining(message)]);
});

it.each([
  [
    'a tab as indentation',
    'project: shop\nqueues:\n\tjobs: {}\n',
    '3:1 : a tab indents this line | YAML indents by spaces only: replace the tab by spaces',
  ],
  [
    'a key twice',
    'project: shop\nqueues:\n  a: {}\n  b: {}\n  a: {}',
    '5:3 queues.a: the key a stands here a second time, first in line 3 | keep one of the two',
  ],
  [
    'two documents',
    'project: shop\n---\nproject: b',
    '2:1 : a second document begins here | keep one document: remove the line --- and what is not configuration',
  ],
  [
    'a tag',
    'project: !!js/function x',
    '1:10 : a YAML tag that means nothing here | remove the tag, or put text that begins with ! in quotes',
  ],
  [
    'a merge key',
    'project: shop\nqueues: { a: &a {}, b: { <<: *a } }',
    '2:26 queues.b: the merge key << is not read | in an environment, `like: <environment>` takes the overrides of another',
  ],
  [
    'a prototype',
    'project: shop\nqueues: { __proto__: {} }',
    '2:11 queues: "__proto__" cannot be a key | a key is one word, or text in quotes',
  ],
  [
    'a map as key',
    'project: shop\n? {a: b}\n: c',
    '2:3 : a map, list or alias stands where a key is expected | a key is one word, or text in quotes',
  ],
  [
    'an unclosed quotation mark',
    'project: "shop\n',
    '2:1 : a quotation mark, bracket or comma is missing here | close what is opened',
  ],
  [
    'a list',
    '- a',
    '1:1 : platform.yaml is a list; it takes a map of settings | platform init writes one to start from',
  ],
  ['nothing', '', '1:1 : platform.yaml is empty; it takes a map of settings | platform init writes one to start from'],
])('says what is wrong with %s', (_, text, expected) => {
  expect(mistakesIn(text)).toEqual([expected]);
});

it.each([
  ['a byte order mark', Buffer.from('\ufeffproject: shop'), 'platform.yaml begins with a byte order mark'],
  ['UTF-16', Buffer.from('\ufeffproject: shop', 'utf16le'), 'platform.yaml is saved as UTF-16'],
  ['Latin-1', Buffer.from('project: shop # caf\xe9', 'latin1'), 'platform.yaml is not valid UTF-8'],
  ['zero bytes', Buffer.from('project:\0 shop'), 'platform.yaml holds zero bytes, so it is no text'],
])('says how to save a file with %s', (_, bytes, message) => {
  expect(refusal(() => loadText(bytes))).toMatchObject({
    id: 'config-encoding',
    kind: 'usage',
    message,
    remedy: expect.stringContaining('UTF-8'),
  });
});

it('does not wait for a writer of a named pipe, nor read a folder or a device', () => {
  const pipe = join(writeProject('project: shop'), 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const path of [pipe, '/tmp', '/dev/zero'])
    expect(refusal(() => readText(path, 'platform.yaml'))).toMatchObject({ id: 'config-unreadable', kind: 'usage' });
});

const loads = (text: string | Uint8Array) => {
  try {
    const project = loadText(text);
    project.problems();
    for (const name of project.environments()) project.environment(name);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    expect(error.kind).toBe('usage');
    expect(error.message).not.toBe('');
    expect(error.remedy).not.toBe('');
  }
};

it('answers any bytes with a project or a PlatformError', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), loads), { numRuns: 100 });
});

it('answers any text with a value or problems', () => {
  const fragments = fc.constantFrom(
    'a',
    ':',
    ' ',
    '\n',
    '-',
    '?',
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    '|',
    '>',
    '&a',
    '*a',
    '!',
    '%',
    '#',
    ',',
    '\t',
    '1',
    '~',
    '<<',
  );
  fc.assert(
    fc.property(fc.array(fragments, { maxLength: 60 }), (parts) => {
      expect(Array.isArray(parseYaml(parts.join('')).problems)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('answers any value in any place of a real file with a project or a PlatformError', () => {
  const lines = SYSTEMS.map((name) => systemText(name).split('\n'));
  const value = fc.oneof(
    fc.constantFrom(
      '',
      '~',
      '[]',
      '{}',
      '-1',
      '"*"',
      '"${env.account}"',
      '"${site.x.url}"',
      '.nan',
      '1e99',
      'secret.a#*',
      '[[]]',
      '{ a: { b: c } }',
    ),
    fc.json({ maxDepth: 2 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...lines), fc.nat(), fc.nat(), value, (system, at, which, replacement) => {
      const index = at % system.length;
      const places = [...system[index]!.matchAll(/(?<=: )[^,{}]+/g)];
      const place = places[which % Math.max(places.length, 1)];
      const line = system[index]!;
      const changed = place
        ? line.slice(0, place.index) + replacement + line.slice(place.index + place[0].length)
        : line;
      loads([...system.slice(0, index), changed, ...system.slice(index + 1)].join('\n'));
    }),
    { numRuns: 200 },
  );
});
