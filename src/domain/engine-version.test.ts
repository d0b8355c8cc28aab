import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareVersions, engineVersion, type VersionQuestion } from './engine-version.ts';

const OFFERED = ['16.4', '16.6', '16.10'];
const answer = (question: Omit<VersionQuestion, 'offered'>) =>
  engineVersion({
    ...question,
    offered: async () =>
      OFFERED.filter((one) => one === question.configured || one.startsWith(`${question.configured}.`)),
  });

it.each([
  ['a first database takes the newest', { configured: '16' }, { version: '16.10', adopted: false }],
  ['a first database of a version takes that', { configured: '16.4' }, { version: '16.4', adopted: false }],
  ['what is not offered is no version', { configured: '16.3' }, { problem: 'not-offered' }],
  ['what was chosen stays', { configured: '16', kept: '16.4', live: '16.4' }, { version: '16.4', adopted: false }],
  [
    'what runs is newer than chosen',
    { configured: '16', kept: '16.4', live: '16.6' },
    { version: '16.6', adopted: true },
  ],
  ['what runs is newer than configured', { configured: '16.4', live: '16.10' }, { version: '16.10', adopted: true }],
  ['an upgrade is planned', { configured: '16.6', kept: '16.4', live: '16.4' }, { version: '16.6', adopted: false }],
  [
    'an upgrade that did not happen',
    { configured: '16', kept: '16.6', live: '16.4' },
    { version: '16.6', adopted: false },
  ],
  ['an upgrade to what is not offered', { configured: '16.5', live: '16.4' }, { problem: 'not-offered' }],
  ['what runs is not offered any more', { configured: '16.3', live: '16.3' }, { version: '16.3', adopted: false }],
  ['the state was lost', { configured: '16', live: '16.4' }, { version: '16.4', adopted: false }],
  ['a major upgrade', { configured: '16', kept: '15.7', live: '15.7' }, { version: '16.10', adopted: false }],
  ['no way back to an older major version', { configured: '16', live: '17.4' }, { problem: 'major-is-newer' }],
] as const)('%s (F-75)', async (_, question, expected) => expect(await answer(question)).toEqual(expected));

it('never answers with something older than what runs', async () => {
  const minor = fc.integer({ min: 1, max: 12 }).map((one) => `16.${one}`);
  const question = fc.record({
    configured: fc.oneof(fc.constant('16'), minor),
    kept: fc.option(minor, { nil: undefined }),
    live: minor,
  });
  await fc.assert(
    fc.asyncProperty(question, async (asked) => {
      const given = await answer(asked);
      if ('version' in given) expect(compareVersions(given.version, asked.live)).toBeGreaterThanOrEqual(0);
    }),
  );
});
