import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../template/template.ts';
import { type Environment, UNKNOWN } from './environment.ts';
import { evaluate } from './evaluate.ts';

const environment: Environment = {
  pseudo: { 'AWS::Region': 'us-east-1', 'AWS::StackName': 'shop' },
  parameters: { Name: 'given', List: ['a', 'b'] },
  mappings: { Map: { top: { second: ['x', 'y'], word: 'w' } } },
  holds: (condition) => condition === 'Yes',
  ref: (id) => (id === 'Later' ? UNKNOWN : `ref-${id}`),
  getAtt: (id, attribute) => (id === 'Later' ? UNKNOWN : `${id}.${attribute}`),
  importValue: (name) => `import-${name}`,
  zones: (region) => [`${region}a`, `${region}b`],
};
const valueIn = (expression: Json) => evaluate(expression, environment);

it.each<[Json, Json | undefined]>([
  [{ Ref: 'AWS::NoValue' }, undefined],
  [{ a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  [[1, { Ref: 'AWS::NoValue' }], [1]],
  [
    { 'Fn::Sub': '${Name}-${AWS::Region}-${Topic}-${Topic.Arn}-${!Literal}' },
    'given-us-east-1-ref-Topic-Topic.Arn-${Literal}',
  ],
  [{ 'Fn::Sub': ['${Own}', { Own: { 'Fn::Select': [1, { Ref: 'List' }] } }] }, 'b'],
  [{ 'Fn::Join': ['-', { Ref: 'List' }] }, 'a-b'],
  [{ 'Fn::Split': ['|', 'a||b'] }, ['a', '', 'b']],
  [{ 'Fn::Select': ['0', { 'Fn::GetAZs': '' }] }, 'us-east-1a'],
  [{ 'Fn::FindInMap': ['Map', 'top', 'second'] }, ['x', 'y']],
  [{ 'Fn::FindInMap': ['Map', 'no', 'such', { DefaultValue: 'd' }] }, 'd'],
  [{ 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
  [{ 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] }, undefined],
  [{ 'Fn::Base64': 'text' }, 'dGV4dA=='],
  [{ 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
  [{ 'Fn::Cidr': ['2001:db8:1234:1a00::/56', 2, 64] }, ['2001:db8:1234:1a00::/64', '2001:db8:1234:1a01::/64']],
  [{ 'Fn::Length': { Ref: 'List' } }, 2],
  [{ 'Fn::ToJsonString': { a: [1, { Ref: 'Name' }] } }, '{"a":[1,"given"]}'],
  [{ 'Fn::ImportValue': { 'Fn::Sub': '${Name}' } }, 'import-given'],
  [{ 'Fn::Equals': [1, '1'] }, true],
  [{ 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ Condition: 'No' }] }] }, true],
])('%j is %j', (expression, value) => {
  expect(valueIn(expression)).toEqual(value);
});

it('does not know what is made of something unknown, but knows what is chosen beside it', () => {
  expect(valueIn({ 'Fn::Sub': 'a-${Later}' })).toBe(UNKNOWN);
  expect(valueIn({ 'Fn::Join': ['', ['a', { 'Fn::GetAtt': ['Later', 'Arn'] }]] })).toBe(UNKNOWN);
  expect(valueIn({ 'Fn::Select': [0, ['known', { Ref: 'Later' }]] })).toBe('known');
});

it.each<[Json, string]>([
  [{ 'Fn::Select': [2, ['a']] }, 'Fn::Select cannot select nonexistent value at index 2'],
  [{ 'Fn::FindInMap': ['Map', 'no', 'such'] }, 'Unable to get mapping for Map::no::such'],
  [{ 'Fn::Nonsense': 1 }, 'is not a valid intrinsic function'],
])('refuses %j', (expression, message) => {
  expect(() => valueIn(expression)).toThrow(message);
});

it('joins what it splits, and leaves values without functions alone', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const split = { 'Fn::Split': ['|', text] };
      expect(valueIn({ 'Fn::Join': ['|', split] })).toBe(text);
    }),
  );
  const plain = fc.jsonValue().filter((value) => !JSON.stringify(value).match(/"(Ref|Condition|Fn::[^"]*)":/));
  fc.assert(
    fc.property(plain, (value) => {
      const written = JSON.stringify(value);
      expect(valueIn(JSON.parse(written))).toEqual(JSON.parse(written));
    }),
  );
});
