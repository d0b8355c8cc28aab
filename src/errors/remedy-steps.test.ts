import { expect, it } from 'vitest';
import { remedyLines } from './remedy-steps.ts';

it('gives every command of a remedy a line of its own, and leaves what is no command where it stands', () => {
  const on = '--env dev --sandbox';
  expect(remedyLines(`platform recover network ${on}; then platform redeploy web ${on}`)).toEqual([
    `  fix: platform recover network ${on}`,
    ` then: platform redeploy web ${on}`,
  ]);
  expect(remedyLines('set a.b: 1, then platform deploy; --wait-anyway waits all the same', '    ')).toEqual([
    '    fix: set a.b: 1',
    '   then: platform deploy',
    '     or: --wait-anyway waits all the same',
  ]);
  const one = 'install the packages, then correct the Dockerfile; wait, then this again';
  expect(remedyLines(one)).toEqual([`  fix: ${one}`]);
});
