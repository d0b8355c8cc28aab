import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractInput, changesSecret, secretContract } from './secret-contract.ts';

const needed = { required: true, phase: 'before-deploy' } as const;
const contract = (input: Partial<ContractInput>) =>
  secretContract({
    declared: {},
    given: new Map(),
    fallback: new Set(),
    waiting: new Set(),
    live: new Map(),
    empty: '',
    referenced: new Set(),
    prune: false,
    ...input,
  });

describe('file, configuration and live secret', () => {
  it('a default fills what is not there or empty, and nothing else', () => {
    const declared = { A: needed, B: needed, C: needed };
    const found = contract({
      declared,
      fallback: new Set(['A', 'B', 'C']),
      live: new Map([
        ['B', ''],
        ['C', 'theirs'],
      ]),
    });
    expect(found).toMatchObject({ added: ['A'], changed: ['B'], kept: ['C'], missing: [] });
  });

  it('what may be empty is made empty, what is needed is missing', () => {
    const declared = {
      NOW: needed,
      LATER: { ...needed, phase: 'after-deploy' },
      MAYBE: { ...needed, required: false },
      BUCKET: needed,
    } as const;
    expect(contract({ declared, waiting: new Set(['BUCKET']) })).toMatchObject({
      added: ['BUCKET', 'LATER', 'MAYBE'],
      blank: ['BUCKET', 'LATER', 'MAYBE'],
      missing: ['NOW'],
      later: ['BUCKET', 'LATER'],
    });
  });
});

const KEY = fc.constantFrom('A', 'B', 'C', 'D', 'E', '__proto__', 'constructor');
const HASHES = fc.array(fc.tuple(KEY, fc.constantFrom('', '1', '2'))).map((pairs) => new Map(pairs));
const KEYS = fc.array(KEY).map((keys) => new Set(keys));
const INPUT = fc.record({
  declared: fc
    .array(fc.tuple(KEY, fc.boolean(), fc.boolean()))
    .map((rows) =>
      Object.fromEntries(
        rows.map(([key, required, later]) => [
          key,
          { required, phase: later ? 'after-deploy' : 'before-deploy' } as const,
        ]),
      ),
    ),
  given: HASHES,
  fallback: KEYS,
  waiting: KEYS,
  live: HASHES,
  empty: fc.constant(''),
  referenced: fc.oneof(KEYS, fc.constant('all' as const)),
  prune: fc.boolean(),
});

/** What a push would leave behind. */
function pushed(input: ContractInput): Map<string, string> {
  const { added, changed, removed } = secretContract(input);
  const after = new Map(input.live);
  for (const key of [...added, ...changed])
    after.set(key, input.given.get(key) ?? (input.fallback.has(key) ? 'made' : ''));
  for (const key of removed) after.delete(key);
  return after;
}

describe('always', () => {
  /** Only declared keys are given and filled. */
  const sound = INPUT.map((input) => ({
    ...input,
    given: new Map([...input.given].filter(([key]) => Object.hasOwn(input.declared, key))),
    fallback: new Set([...input.fallback].filter((key) => Object.hasOwn(input.declared, key))),
  }));

  it('a key has one fate, and nothing live goes unless nobody declares it and somebody asked', () => {
    fc.assert(
      fc.property(sound, (input) => {
        const found = secretContract(input);
        const fates = [...found.added, ...found.changed, ...found.unchanged, ...found.kept, ...found.removed];
        expect(fates.length).toBe(new Set(fates).size);
        for (const key of input.live.keys()) expect(fates).toContain(key);
        for (const key of found.removed) {
          expect(input.prune).toBe(true);
          expect(Object.hasOwn(input.declared, key)).toBe(false);
        }
      }),
    );
  });

  it('a second push has nothing to do, and what is said to be missing is', () => {
    fc.assert(
      fc.property(sound, (input) => {
        const after = pushed(input);
        expect(changesSecret(secretContract({ ...input, live: after }))).toBe(false);
        const { missing, later } = secretContract(input);
        for (const [key, { required }] of Object.entries(input.declared))
          expect([...missing, ...later].includes(key)).toBe(required && (after.get(key) ?? '') === '');
      }),
    );
  });
});
