import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeOf } from './changed-parts.ts';

const container = (level: string, image = 'web@sha256:1') => [
  {
    Name: 'web',
    Image: image,
    Environment: [
      { Name: 'A_LONG_NAME_OF_A_VARIABLE', Value: 'and its value' },
      { Name: 'LEVEL', Value: level },
    ],
    LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-stream-prefix': 'a-prefix-that-is-long' } },
  },
];

describe('changeOf', () => {
  it.each([
    ['512', '1024', 'Cpu: 512 → 1024'],
    [undefined, 'a', 'Cpu: none → a'],
    [{ Ref: 'Old' }, { 'Known after apply': true }, 'Cpu: {"Ref":"Old"} → known after apply'],
  ])('%j, %j', (before, after, text) => expect(changeOf('Cpu', before, after)).toBe(text));

  it('tells the parts where the whole would look the same on both sides', () => {
    expect(changeOf('ContainerDefinitions', container('info'), container('debug'))).toBe(
      'ContainerDefinitions[web].Environment[LEVEL].Value: info → debug',
    );
    const long = (end: string) => `${'x'.repeat(100)}${end}${'y'.repeat(100)}`;
    expect(changeOf('Body', long('one'), long('two'))).toMatch(/^Body: …x{12}oney+… → …x{12}twoy+…$/);
    const many = (value: number) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`Key${at}`, at < 4 || at > 24 ? 0 : value]));
    expect(changeOf('Tags', many(1), many(2))).toBe(
      'Tags.Key4: 1 → 2; Tags.Key5: 1 → 2; Tags.Key6: 1 → 2; and 18 more of Tags',
    );
  });

  it('never shows the same text on both sides of what differs', () => {
    const values = fc.oneof(fc.jsonValue(), fc.string({ minLength: 50, maxLength: 200 }));
    fc.assert(
      fc.property(values, values, (before, after) => {
        fc.pre(JSON.stringify(before) !== JSON.stringify(after));
        for (const part of changeOf('P', { a: before, pad: 'z'.repeat(90) }, { a: after, pad: 'z'.repeat(90) }).split(
          '; ',
        )) {
          const [, old, new_] = /^[^ ]+: (.*) → (.*)$/s.exec(part) ?? [];
          if (old !== undefined) expect(old).not.toBe(new_);
        }
      }),
    );
  });
});
