import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPlain, merge } from './merge.ts';

const key = fc.constantFrom('a', 'b', 'c', 'd');
const scalar = fc.oneof(
  fc.integer(),
  fc.boolean(),
  fc.string({ maxLength: 3 }),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof({ maxDepth: 4 }, scalar, fc.dictionary(key, tie('tree'), { noNullPrototype: true })),
}));
const map = fc.dictionary(key, tree, { noNullPrototype: true });
const { patch } = fc.letrec<{ patch: unknown }>((tie) => ({
  patch: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.constant(null),
    fc.dictionary(key, tie('patch'), { noNullPrototype: true }),
  ),
}));

it('changes nothing when nothing is laid over, and when the same is laid over', () => {
  fc.assert(
    fc.property(map, (below) => {
      expect(merge(below, {})).toEqual(below);
      expect(merge(below, below)).toEqual(below);
    }),
  );
});

it('says what the upper layer says wherever it says something, and what the lower says elsewhere', () => {
  const holds = (below: unknown, over: unknown, result: unknown): void => {
    if (!isPlain(over)) {
      expect(result).toEqual(over);
      return;
    }
    for (const [name, value] of Object.entries(over)) {
      if (value === null) expect(result).not.toHaveProperty(name);
      else holds(isPlain(below) ? below[name] : undefined, value, (result as Record<string, unknown>)[name]);
    }
    for (const [name, value] of Object.entries(isPlain(below) ? below : {}))
      if (!Object.hasOwn(over, name)) expect((result as Record<string, unknown>)[name]).toEqual(value);
  };
  fc.assert(fc.property(map, patch, (below, over) => holds(below, over, merge(below, over))));
});

it('leaves no null behind and changes neither layer', () => {
  fc.assert(
    fc.property(map, patch, (below, over) => {
      const before = JSON.stringify([below, over]);
      const result = merge(below, over);
      expect(JSON.stringify([below, over])).toBe(before);
      if (over !== null) expect(JSON.stringify(result)).not.toContain('null');
    }),
  );
});

it('lays layers one after the other: a later one wins and null removes what any lower one set', () => {
  const dev = [{ a: { x: 1, y: 2 }, l: [1, 2] }, { a: { y: 3 }, l: [9] }, { a: { x: null } }];
  expect(dev.reduce<unknown>(merge, {})).toEqual({ a: { y: 3 }, l: [9] });
});
