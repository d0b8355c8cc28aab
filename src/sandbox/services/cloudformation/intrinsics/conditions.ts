import { templateError } from '../faults.ts';
import { intrinsic, type Json, sameValue, type Template } from '../template/template.ts';
import type { Environment } from './environment.ts';
import { evaluate, text } from './evaluate.ts';

/** Whether a condition expression holds. */
export function evaluateCondition(expression: Json, environment: Environment): boolean {
  if (typeof expression === 'boolean') return expression;
  const call = intrinsic(expression);
  if (!call) return text(expression) === 'true';
  const [name, argument] = call;
  const parts = argument as Json[];
  switch (name) {
    case 'Condition':
      return environment.holds(argument as string);
    case 'Fn::Equals':
      return equal(evaluate(parts[0]!, environment), evaluate(parts[1]!, environment));
    case 'Fn::Not':
      return !evaluateCondition(parts[0]!, environment);
    case 'Fn::And':
      return parts.every((part) => evaluateCondition(part, environment));
    case 'Fn::Or':
      return parts.some((part) => evaluateCondition(part, environment));
    default:
      return text(evaluate(expression, environment) ?? '') === 'true';
  }
}

/** Numbers and booleans equal their text: a parameter is always text. */
function equal(a: Json | undefined, b: Json | undefined): boolean {
  const scalar = (value: Json | undefined) => (typeof value === 'object' || value === undefined ? value : text(value));
  return sameValue(scalar(a), scalar(b));
}

/** All conditions of a template, each decided once; they depend on parameters alone. */
export function decideConditions(
  { Conditions = {} }: Template,
  environment: Omit<Environment, 'holds' | 'ref' | 'getAtt' | 'importValue'>,
): (name: string) => boolean {
  const decided = new Map<string, boolean>();
  const nothing = (): never => {
    throw templateError('conditions can only refer to parameters and mappings');
  };
  const holds = (name: string): boolean => {
    const known = decided.get(name);
    if (known !== undefined) return known;
    if (!(name in Conditions)) throw templateError(`unresolved condition dependency ${name}`);
    const value = evaluateCondition(Conditions[name]!, {
      ...environment,
      holds,
      ref: nothing,
      getAtt: nothing,
      importValue: nothing,
    });
    decided.set(name, value);
    return value;
  };
  for (const name of Object.keys(Conditions)) holds(name);
  return holds;
}
