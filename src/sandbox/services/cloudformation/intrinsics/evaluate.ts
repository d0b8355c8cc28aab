import { templateError } from '../faults.ts';
import { getAttParts } from '../template/references.ts';
import { intrinsic, isObject, type Json } from '../template/template.ts';
import { cidr } from './cidr.ts';
import { evaluateCondition } from './conditions.ts';
import { type Environment, NO_VALUE, UNKNOWN, type Value } from './environment.ts';
import { findInMap } from './find-in-map.ts';
import { join, select, split } from './lists.ts';
import { substitute } from './substitute.ts';

/** The value of an expression; a top-level `AWS::NoValue` is undefined. Refuses in CloudFormation's words. */
export function evaluate(expression: Json, environment: Environment): Json | undefined {
  const value = valueIn(expression, environment);
  return value === NO_VALUE ? undefined : value;
}

function valueIn(expression: Json, environment: Environment): Value {
  if (Array.isArray(expression))
    return expression.map((item) => valueIn(item, environment)).filter((item) => item !== NO_VALUE);
  if (!isObject(expression)) return expression;
  const call = intrinsic(expression);
  if (call) return callValue(call[0], call[1], environment);
  return Object.fromEntries(
    Object.entries(expression)
      .map(([key, item]) => [key, valueIn(item, environment)] as const)
      .filter((entry): entry is [string, Json] => entry[1] !== NO_VALUE),
  );
}

function callValue(name: string, argument: Json, environment: Environment): Value {
  const valueOfArgument = () => evaluate(argument, environment) ?? null;
  switch (name) {
    case 'Ref':
      return referenceValue(argument, environment);
    case 'Condition':
      return environment.holds(argument as string);
    case 'Fn::GetAtt': {
      const [target, attribute] = getAttParts(argument);
      return environment.getAtt(target as string, text(evaluate(attribute ?? '', environment) ?? ''));
    }
    case 'Fn::If': {
      const [condition, whenTrue, whenFalse] = argument as [string, Json, Json];
      return valueIn(environment.holds(condition) ? whenTrue : whenFalse, environment);
    }
    case 'Fn::Equals':
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
      return evaluateCondition({ [name]: argument }, environment);
    case 'Fn::Sub':
      return substitute(argument, environment);
    case 'Fn::Join':
      return join(valueOfArgument());
    case 'Fn::Select':
      return select(valueOfArgument());
    case 'Fn::Split':
      return split(valueOfArgument());
    case 'Fn::FindInMap':
      return findInMap(argument, environment);
    case 'Fn::Base64':
      return whenKnown(valueOfArgument(), (value) => Buffer.from(text(value)).toString('base64'));
    case 'Fn::Cidr':
      return whenKnown(valueOfArgument(), cidr);
    case 'Fn::GetAZs':
      return whenKnown(valueOfArgument(), (region) =>
        environment.zones(text(region) || text(environment.pseudo['AWS::Region']!)),
      );
    case 'Fn::ImportValue':
      return whenKnown(valueOfArgument(), (exported) => environment.importValue(text(exported)));
    case 'Fn::Length':
      return whenKnown(valueOfArgument(), lengthOf);
    case 'Fn::ToJsonString':
      return whenKnown(valueOfArgument(), (value) => JSON.stringify(value));
    case 'Fn::GetStackOutput':
      return stackOutput(valueOfArgument(), environment);
    default:
      throw templateError(`${name} is not a valid intrinsic function`);
  }
}

function referenceValue(argument: Json, environment: Environment): Value {
  const name = text(evaluate(argument, environment) ?? '');
  if (name === 'AWS::NoValue') return NO_VALUE;
  return environment.pseudo[name] ?? environment.parameters[name] ?? environment.ref(name);
}

function stackOutput(argument: Json, environment: Environment): Json {
  if (!isObject(argument) || !environment.stackOutput)
    throw templateError('Fn::GetStackOutput requires StackName and OutputName');
  if (holdsUnknown(argument)) return UNKNOWN;
  const region = argument.Region === undefined ? undefined : text(argument.Region);
  return environment.stackOutput(text(argument.StackName ?? ''), text(argument.OutputName ?? ''), region);
}

function lengthOf(value: Json): number {
  if (!Array.isArray(value)) throw templateError('Fn::Length requires a list');
  return value.length;
}

/** A function of something not known yet is not known yet. */
function whenKnown(value: Json, apply: (value: Json) => Json): Json {
  return holdsUnknown(value) ? UNKNOWN : apply(value);
}

export function holdsUnknown(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes(UNKNOWN);
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

/** Scalars as CloudFormation writes them into strings. */
export function text(value: Json): string {
  if (Array.isArray(value)) return value.map(text).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
