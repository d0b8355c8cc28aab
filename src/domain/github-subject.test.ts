import fc from 'fast-check';
import { expect, it } from 'vitest';
import { githubSubjects, type SubjectTrouble, troubleWithTrust } from './github-subject.ts';

const ISSUER = 'token.actions.githubusercontent.com';
const WHO = { repository: 'Acme/shop', environment: 'prod', ids: { owner: '12', repository: '34' } };
const BOTH = githubSubjects(WHO.repository, WHO.environment, WHO.ids);

const trust = (operator: string, sub: string | string[], aud: string | undefined = 'sts.amazonaws.com') => ({
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        [operator]: { [`${ISSUER}:sub`]: sub },
        ...(aud
          ? {
              StringEquals: {
                [`${ISSUER}:aud`]: aud,
                ...(operator === 'StringEquals' ? { [`${ISSUER}:sub`]: sub } : {}),
              },
            }
          : {}),
      },
    },
  ],
});

it('has a subject by name, and one with the ids that names are given since July 2026 (F-128)', () => {
  expect(BOTH).toEqual(['repo:Acme/shop:environment:prod', 'repo:Acme@12/shop@34:environment:prod']);
  expect(githubSubjects('Acme/shop', 'prod')).toEqual(['repo:Acme/shop:environment:prod']);
});

it.each<[string, ReturnType<typeof trust>, SubjectTrouble[]]>([
  ['both forms, written out', trust('StringEquals', BOTH), []],
  ['a pattern for both', trust('StringLike', ['repo:Acme/shop:*', 'repo:Acme@12/shop@34:*']), []],
  [
    'F-127: a branch, while the job has an environment',
    trust('StringLike', 'repo:Acme/shop:ref:refs/heads/main'),
    ['branch-form'],
  ],
  ['F-127: a star under StringEquals', trust('StringEquals', 'repo:Acme/shop:*'), ['star-as-text']],
  ['F-127: small letters', trust('StringLike', 'repo:acme/shop:*'), ['wrong-case']],
  ['F-127: another repository', trust('StringLike', 'repo:Acme/other:*'), ['other-repository']],
  ['F-127: no audience', trust('StringLike', BOTH, ''), ['no-audience']],
  ['F-128: the old form alone', trust('StringEquals', BOTH[0]!), ['name-only']],
  ['not F-128: the new form alone, for a new repository', trust('StringEquals', BOTH[1]!), []],
])('%s', (_, document, trouble) => {
  expect(troubleWithTrust(document, WHO)).toEqual(trouble);
});

it('never trusts the old form of a name that somebody else may take, where ids are not known', () => {
  expect(troubleWithTrust(trust('StringEquals', BOTH[0]!), { repository: 'Acme/shop', environment: 'prod' })).toEqual(
    [],
  );
});

it('whole subjects let in nobody else', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/);
  fc.assert(
    fc.property(word, word, word, (owner, name, environment) => {
      fc.pre(`${owner}/${name}/${environment}` !== 'Acme/shop/prod');
      const other = { repository: `${owner}/${name}`, environment };
      expect(troubleWithTrust(trust('StringEquals', BOTH), other)).not.toEqual([]);
    }),
  );
});
