import { expect, it } from 'vitest';
import { versionsAt } from './secret-timeline.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000);
const version = (VersionId: string, minute: number, ...VersionStages: string[]) => ({
  VersionId,
  CreatedDate: at(minute),
  VersionStages,
});
const move = (minute: number, to: string, from: string) => ({ at: at(minute), to, from });
const BACK = [version('one', 10, 'AWSCURRENT'), version('two', 20, 'AWSPREVIOUS')];
const ON = [version('one', 10), version('two', 20, 'AWSPREVIOUS'), version('three', 40, 'AWSCURRENT')];

it.each([
  ['before the first', ON, [], 5, undefined],
  ['by creation alone', ON, [], 30, ['two']],
  ['moved back, and written down: before it', BACK, [move(30, 'one', 'two')], 15, ['one']],
  ['moved back, and written down: between', BACK, [move(30, 'one', 'two')], 25, ['two']],
  ['moved back, and written down: after it', BACK, [move(30, 'one', 'two')], 35, ['one']],
  ['right after the word, before the deed perhaps', BACK, [move(30, 'one', 'two')], 30.5, ['one', 'two']],
  ['moved back by somebody else', BACK, [], 15, undefined],
  ['moved back, and forward again by somebody else', ON, [move(50, 'one', 'three')], 30, undefined],
  ['moved back before the newest: it may not have come to it', ON, [move(30, 'one', 'two')], 35, ['one', 'two']],
  ['moves of another secret', ON, [move(30, 'other', 'another')], 35, ['two']],
  ['a rotation is under way', [...ON, version('four', 50, 'AWSPENDING')], [], 55, ['three']],
  ['no value', [], [], 55, undefined],
])('which version was current: %s', (_, versions, moves, minute, expected) => {
  expect(versionsAt(versions, moves, at(minute))).toEqual(expected);
});
