import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mappingTemplate } from '../../../../infra/mapping-template.ts';
import { renderTemplate } from './mapping-template.ts';

const context = { requestId: 'r-1', authorizer: { userId: 'u-1', claims: { sub: 's-1' } } };

it('makes an object with the values of the request, whatever stands in them', () => {
  const template = mappingTemplate({
    all: 'body',
    one: 'body.one',
    id: 'path.id',
    user: 'authorizer.userId',
    sub: 'authorizer.claims.sub',
  });
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), fc.string(), (one, id, userId) => {
      const body = JSON.stringify({ one });
      const around = { ...context, authorizer: { ...context.authorizer, userId } };
      const made = JSON.parse(renderTemplate(template, { body, params: [{ id }], context: around }));
      expect(made).toEqual({
        all: JSON.parse(body),
        one: JSON.parse(JSON.stringify(one)),
        id,
        user: userId,
        sub: 's-1',
      });
    }),
  );
});

it('finds a parameter in the path before the query before headers, and gives the empty text for what is not there', () => {
  const scope = { body: '', params: [{ a: 'path' }, { a: 'query', b: 'query' }, { b: 'header' }], context };
  const rendered = (template: string) => renderTemplate(template, scope);
  expect(rendered("$input.params('a') $input.params('b') $input.params('c')|$context.none|")).toBe('path query ||');
  expect(rendered("$input.json('$.a')")).toBe('""');
  expect(rendered('plain $5')).toBe('plain $5');
});

it.each([
  ['#set($x = 1)', '#set'],
  ['$util.urlDecode($input.body)', '$util.urlDecode'],
  ["$input.path('$.a')", '$input.path'],
  ['$stageVariables.a', '$stageVariables.a'],
  ["$input.json('$..a')", 'the path $..a'],
])('refuses %s by name', (template, name) => {
  const render = () => renderTemplate(template, { body: '{}', params: [], context });
  expect(render).toThrow(`The sandbox does not evaluate ${name}`);
});
