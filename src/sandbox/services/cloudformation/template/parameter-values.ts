import { invalid } from '../faults.ts';
import type { ParameterDeclaration, Template } from './template.ts';

export interface GivenParameter {
  ParameterKey?: string | undefined;
  ParameterValue?: string | undefined;
  UsePreviousValue?: boolean | undefined;
}

/** A parameter of a stack: what was given, before SSM names are looked up. */
export interface ParameterValue {
  key: string;
  /** As given or by default; for an SSM type the name in the parameter store. */
  value: string;
  /** The parameter store's value, for SSM types. */
  resolved?: string;
}

export const isSsmType = (type: string): boolean => type.startsWith('AWS::SSM::Parameter::Value<');

export const isListType = (type: string): boolean =>
  type === 'CommaDelimitedList' ||
  type.startsWith('List<') ||
  /^AWS::SSM::Parameter::Value<(CommaDelimitedList|List<.+>)>$/.test(type);

export const isNoEcho = (declaration: ParameterDeclaration | undefined): boolean =>
  String(declaration?.NoEcho ?? false) === 'true';

/**
 * The value of each declared parameter: given, else the previous one when asked for, else its default.
 * `previous` is what the stack has now.
 */
export function parameterValues(
  { Parameters = {} }: Template,
  given: readonly GivenParameter[],
  previous: readonly ParameterValue[] = [],
): ParameterValue[] {
  const keys = given.map(({ ParameterKey }) => ParameterKey!);
  const unknown = keys.filter((key) => !(key in Parameters));
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice) throw invalid(`Duplicate parameter key: ${twice}`);

  const missing: string[] = [];
  const values = Object.entries(Parameters).flatMap(([key, declaration]) => {
    const value = valueFor(key, declaration, given, previous);
    if (value === undefined) missing.push(key);
    return value === undefined ? [] : [{ key, value }];
  });
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(', ')}] must have values`);
  for (const { key, value } of values) checkConstraints(key, value, Parameters[key]!);
  return values;
}

function valueFor(
  key: string,
  declaration: ParameterDeclaration,
  given: readonly GivenParameter[],
  previous: readonly ParameterValue[],
): string | undefined {
  const entry = given.find(({ ParameterKey }) => ParameterKey === key);
  if (entry?.UsePreviousValue) {
    if (entry.ParameterValue !== undefined)
      throw invalid(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      );
    const before = previous.find((parameter) => parameter.key === key)?.value;
    if (before === undefined)
      throw invalid(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    return before;
  }
  if (entry?.ParameterValue !== undefined) return entry.ParameterValue;
  if (entry && declaration.Default === undefined)
    throw invalid(`Invalid input for parameter key ${key}. Either value or usePreviousValue must be specified`);
  return declaration.Default === undefined ? undefined : [declaration.Default].flat().map(String).join(',');
}

/** Order and words as CloudFormation checks a value against its declaration. */
function checkConstraints(key: string, value: string, declaration: ParameterDeclaration): void {
  if (isSsmType(declaration.Type)) return;
  const items = isListType(declaration.Type) ? splitList(value) : [value];
  const because = declaration.ConstraintDescription;
  const refuse = (reason: string) =>
    invalid(because ? `Parameter ${key} failed to satisfy constraint: ${because}` : `Parameter '${key}' ${reason}`);

  if (
    /^(Number|List<Number>)$/.test(declaration.Type) &&
    items.some((item) => item.trim() === '' || Number.isNaN(Number(item)))
  )
    throw invalid(`Parameter '${key}' must be a number.`);
  const allowed = declaration.AllowedValues?.map(String);
  if (allowed && items.some((item) => !allowed.includes(item))) throw refuse(`must be one of AllowedValues`);
  const pattern = declaration.AllowedPattern;
  if (pattern !== undefined && items.some((item) => !new RegExp(`^(?:${pattern})$`, 'u').test(item)))
    throw refuse(`must match pattern ${pattern}`);
  checkRange(value, declaration, refuse);
}

function checkRange(
  value: string,
  { Type, MinLength, MaxLength, MinValue, MaxValue }: ParameterDeclaration,
  refuse: (reason: string) => Error,
): void {
  if (MinLength !== undefined && value.length < Number(MinLength))
    throw refuse(`must contain at least ${MinLength} characters`);
  if (MaxLength !== undefined && value.length > Number(MaxLength))
    throw refuse(`must contain at most ${MaxLength} characters`);
  if (Type !== 'Number') return;
  if (MinValue !== undefined && Number(value) < Number(MinValue))
    throw refuse(`must be a number not less than ${MinValue}`);
  if (MaxValue !== undefined && Number(value) > Number(MaxValue))
    throw refuse(`must be a number not greater than ${MaxValue}`);
}

export const splitList = (value: string): string[] => (value === '' ? [] : value.split(',').map((item) => item.trim()));

/** What `Ref` sees: lists as arrays, SSM types by their looked-up value. */
export function parameterBindings(
  { Parameters = {} }: Template,
  values: readonly ParameterValue[],
): Record<string, string | string[]> {
  return Object.fromEntries(
    values.map(({ key, value, resolved }) => {
      const text = resolved ?? value;
      return [key, isListType(Parameters[key]?.Type ?? 'String') ? splitList(text) : text];
    }),
  );
}
