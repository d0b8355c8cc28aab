import { expect, it } from 'vitest';
import { parameterBindings, parameterValues } from './parameter-values.ts';
import type { ParameterDeclaration, Template } from './template.ts';

const declared = (Parameters: Record<string, ParameterDeclaration>): Template => ({ Parameters, Resources: {} });
const given = (values: Record<string, string>) =>
  Object.entries(values).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

it('takes what is given, else what was before when asked for, else the default', () => {
  const template = declared({
    A: { Type: 'String' },
    B: { Type: 'String', Default: 'b' },
    C: { Type: 'CommaDelimitedList', Default: 'x, y' },
  });
  const values = parameterValues(
    template,
    [...given({ A: 'a' }), { ParameterKey: 'B', UsePreviousValue: true }],
    [{ key: 'B', value: 'old' }],
  );
  expect(parameterBindings(template, values)).toEqual({ A: 'a', B: 'old', C: ['x', 'y'] });
});

it.each<[string, ParameterDeclaration, string, string]>([
  ['a number', { Type: 'Number' }, 'x', "Parameter 'P' must be a number."],
  ['a list of numbers', { Type: 'List<Number>' }, '1,x', "Parameter 'P' must be a number."],
  ['an allowed value', { Type: 'String', AllowedValues: ['a'] }, 'b', "Parameter 'P' must be one of AllowedValues"],
  ['a pattern', { Type: 'String', AllowedPattern: '[a-z]+' }, 'A1', "Parameter 'P' must match pattern [a-z]+"],
  ['a length', { Type: 'String', MinLength: 3 }, 'ab', "Parameter 'P' must contain at least 3 characters"],
  ['a size', { Type: 'Number', MaxValue: 3 }, '4', "Parameter 'P' must be a number not greater than 3"],
  [
    'a constraint with its own words',
    { Type: 'String', AllowedPattern: 'x', ConstraintDescription: 'be x' },
    'y',
    'Parameter P failed to satisfy constraint: be x',
  ],
])('refuses what is not %s', (_what, declaration, value, message) => {
  expect(() => parameterValues(declared({ P: declaration }), given({ P: value }))).toThrow(message);
});

it('refuses what is unknown, missing, or has no value to keep', () => {
  const template = declared({ P: { Type: 'String' } });
  expect(() => parameterValues(template, given({ P: 'x', Q: 'y' }))).toThrow(
    'Parameters: [Q] do not exist in the template',
  );
  expect(() => parameterValues(template, [])).toThrow('Parameters: [P] must have values');
  expect(() => parameterValues(template, [{ ParameterKey: 'P', UsePreviousValue: true }])).toThrow(
    'Cannot specify usePreviousValue as true',
  );
});
