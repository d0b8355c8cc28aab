import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatReferences, parseReferences } from './references.ts';

it('splits a text at its references', () => {
  expect(parseReferences('localhost,${service.web.domain}:${db.main.port}')).toEqual([
    { text: 'localhost,' },
    {
      source: '${service.web.domain}',
      reference: { resolved: 'deploy', type: 'service', block: 'web', attribute: 'domain' },
    },
    { text: ':' },
    { source: '${db.main.port}', reference: { resolved: 'deploy', type: 'db', block: 'main', attribute: 'port' } },
  ]);
});

it('knows what is known at the load, and what a build brings (S3-99)', () => {
  const references = parseReferences('${project}${env.account}${ci.TOKEN}${ci.KEY?}').map(
    (part) => 'reference' in part && part.reference,
  );
  expect(references).toEqual([
    { resolved: 'load', name: 'project' },
    { resolved: 'load', name: 'env.account' },
    { resolved: 'build', variable: 'TOKEN', optional: false },
    { resolved: 'build', variable: 'KEY', optional: true },
  ]);
});

it.each(['${HOME}', '${env.nmae}', '${site.app}', '${site.app.uri}', '${}', '${ project }', '${constructor.a.b}'])(
  'does not guess what %s means',
  (text) => {
    expect(parseReferences(text)).toEqual([
      { source: text, reference: { resolved: 'never', expression: text.slice(2, -1) } },
    ]);
  },
);

it('sees a reference that is not closed', () => {
  expect(parseReferences('a${project')).toEqual([
    { text: 'a' },
    { source: '${project', reference: { resolved: 'never', expression: 'project' } },
  ]);
});

it('takes $${ for the characters themselves', () => {
  expect(parseReferences('echo $${HOME} costs 5$')).toEqual([{ text: 'echo ${HOME} costs 5$' }]);
});

const texts = fc
  .array(fc.constantFrom('$', '{', '}', '${', '$${', 'project', 'env.name', 'site.app.url', 'ci.X?', 'a', ' ', '.'), {
    maxLength: 20,
  })
  .map((parts) => parts.join(''));

it('writes back exactly what it read', () => {
  fc.assert(
    fc.property(fc.oneof(texts, fc.string()), (text) => {
      expect(formatReferences(parseReferences(text))).toBe(text);
    }),
  );
});
