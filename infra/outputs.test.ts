import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outputs } from './outputs.ts';

const blockName = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
type Name = (block: string) => string;

/** Named by a number, not by a block. */
const NUMBERED = ['publicSubnet', 'privateSubnet', 'isolatedSubnet', 'listenerArn'];

it('never gives two outputs of a stack one name, whatever the blocks are called', () => {
  for (const group of Object.values(outputs)) {
    const named = Object.entries(group).filter(
      ([kind, name]) => typeof name === 'function' && !NUMBERED.includes(kind),
    ) as [string, Name][];
    const fixed = Object.values(group).filter((name) => typeof name === 'string');
    fc.assert(
      fc.property(blockName, blockName, (a, b) => {
        for (const [kind, name] of named) {
          expect(name(a)).toMatch(/^[A-Za-z0-9]{1,255}$/);
          expect(fixed).not.toContain(name(a));
          for (const [other, otherName] of named) if (kind !== other) expect(name(a)).not.toBe(otherName(b));
        }
      }),
      { numRuns: 50 },
    );
  }
});

it('begins no name with the whole of another kind, so that no block can make two alike', () => {
  for (const group of Object.values(outputs)) {
    const prefixes = Object.values(group).flatMap((name) =>
      typeof name === 'function' ? [(name as Name)('x').replace(/X$/, '')] : [],
    );
    for (const a of prefixes) for (const b of prefixes) if (a !== b) expect(a.startsWith(b)).toBe(false);
  }
});
