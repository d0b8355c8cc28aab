import { expect, it } from 'vitest';
import { mentioned } from './mentioned.ts';

it.each([
  [{ Ref: 'A' }, ['A']],
  [
    [{ 'Fn::GetAtt': ['A', 'Arn'] }, { 'Fn::GetAtt': 'B.Arn' }],
    ['A', 'B'],
  ],
  // Of a text with variables of its own, also what those stand for.
  [{ 'Fn::Sub': ['${A.Arn}/${name}', { name: { Ref: 'B' } }] }, ['A', 'name', 'B']],
  [{ 'Fn::Sub': '${A}-x' }, ['A']],
  [{ Type: 'T', DependsOn: 'A', Properties: { list: [{ inner: { Ref: 'B' } }] } }, ['A', 'B']],
  [{ DependsOn: ['A', 'B'] }, ['A', 'B']],
  ['Ref', []],
  [null, []],
])('%j speaks of %j', (value, names) => {
  expect(mentioned(value)).toEqual(names);
});
