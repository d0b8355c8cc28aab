import { isObject, type Json } from '../template/template.ts';
import { type Environment, UNKNOWN } from './environment.ts';
import { evaluate, holdsUnknown, text } from './evaluate.ts';

/** `Fn::Sub`, plain or with variables of its own; `${!Literal}` stays as `${Literal}`. */
export function substitute(argument: Json, environment: Environment): Json {
  const [pattern, variables] = Array.isArray(argument) ? (argument as [string, Json]) : [argument as string, {}];
  const own = isObject(variables) ? variables : {};
  const missing = { unknown: false };
  const result = pattern.replaceAll(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const value = valueFor(name.trim(), own, environment);
    if (holdsUnknown(value)) missing.unknown = true;
    return text(value);
  });
  return missing.unknown ? UNKNOWN : result;
}

function valueFor(name: string, own: Record<string, Json>, environment: Environment): Json {
  if (name in own) return evaluate(own[name]!, environment) ?? '';
  const dot = name.indexOf('.');
  const expression: Json = dot < 0 ? { Ref: name } : { 'Fn::GetAtt': [name.slice(0, dot), name.slice(dot + 1)] };
  return evaluate(expression, environment) ?? '';
}
