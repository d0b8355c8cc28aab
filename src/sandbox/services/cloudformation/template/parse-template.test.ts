import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTemplate, parseText } from './parse-template.ts';

const topic = 'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n';

it('reads short forms as the functions they stand for, nested ones too', () => {
  expect(
    parseText(`
A: !Ref Topic
B: !GetAtt Topic.Some.Attribute
C: !GetAtt [Topic, Arn]
D: !If [Yes, !Sub 'x-\${Topic}', !Join ['', [a, !Ref b]]]
E: !Condition Yes
F: !Select
  - 0
  - !Split [',', a]
`),
  ).toEqual({
    A: { Ref: 'Topic' },
    B: { 'Fn::GetAtt': ['Topic', 'Some.Attribute'] },
    C: { 'Fn::GetAtt': ['Topic', 'Arn'] },
    D: { 'Fn::If': ['Yes', { 'Fn::Sub': 'x-${Topic}' }, { 'Fn::Join': ['', ['a', { Ref: 'b' }]] }] },
    E: { Condition: 'Yes' },
    F: { 'Fn::Select': [0, { 'Fn::Split': [',', 'a'] }] },
  });
});

it('keeps dates, and account ids that begin with a zero, as they were written', () => {
  expect(parseText('Version: 2012-10-17\nAccount: 012345678901\nKeys: { 012: a, yes: b }')).toEqual({
    Version: '2012-10-17',
    Account: '012345678901',
    Keys: { '012': 'a', yes: 'b' },
  });
});

it.each([
  ['{', /^Template format error: JSON not well-formed\. \(line 1, column \d+\)$/],
  ['Resources:\n  A: [', /^Template format error: YAML not well-formed\./],
  ['A: &a 1\nB: *a', /^Template format error: YAML aliases are not allowed in CloudFormation templates$/],
  ['[]', /^Template format error: unsupported structure\.$/],
  [`${topic}Colour: red`, /^Invalid template property or properties \[Colour\]$/],
  [
    `${topic}    DependsOn: Nobody`,
    /^Template format error: Unresolved resource dependencies \[Nobody\] in the Resources block of the template$/,
  ],
  [
    `${topic}    Properties:\n      TopicName: !GetAtt Nobody.Arn`,
    /^Template error: instance of Fn::GetAtt references undefined resource Nobody$/,
  ],
  [
    `${topic}    Properties:\n      TopicName: !Sub '\${Bad Name}'`,
    /^Template error: variable names in Fn::Sub syntax must contain only/,
  ],
  [`${topic}Conditions:\n  A: !Condition B\n  B: !Condition A`, /Circular dependency between conditions/],
  [
    `${topic}Conditions:\n  A: !Equals [!Ref Topic, a]`,
    /Cannot reference resources in the Conditions block of the template/,
  ],
])('refuses %j', (text, message) => {
  expect(() => parseTemplate(text)).toThrow(message);
});

it('reads what JSON says the same whichever way it is written', () => {
  const json = fc.jsonValue().filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
  fc.assert(
    fc.property(json, (value) => {
      const text = JSON.stringify(value);
      expect(parseText(text)).toEqual(JSON.parse(text));
    }),
  );
});

it('answers any text with a template or a refusal, never with a crash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      try {
        parseTemplate(`Resources: ${text}`);
      } catch (error) {
        expect((error as { code?: string }).code).toBe('ValidationError');
      }
    }),
  );
});
