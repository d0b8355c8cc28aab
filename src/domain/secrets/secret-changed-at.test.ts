import { expect, it } from 'vitest';
import { secretChangedAt } from './secret-changed-at.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
const version = (minute: number, ...VersionStages: string[]) => ({ CreatedDate: at(minute), VersionStages });

it.each([
  ['no value yet', [], at(9), undefined],
  ['the current version is the newest', [version(1, 'AWSPREVIOUS'), version(2, 'AWSCURRENT')], at(9), at(2)],
  ['tags changed since', [version(2, 'AWSCURRENT')], at(9), at(2)],
  ['stages were moved back', [version(1, 'AWSCURRENT'), version(2, 'AWSPREVIOUS')], at(9), at(9)],
  ['a newer one is deprecated', [version(1, 'AWSCURRENT'), version(2)], at(9), at(9)],
  ['a rotation is under way', [version(1, 'AWSCURRENT'), version(2, 'AWSPENDING')], at(9), at(1)],
])('a value is as old as the moment it became current: %s', (_, versions, changed, expected) => {
  expect(secretChangedAt(versions, changed)).toEqual(expected);
});
