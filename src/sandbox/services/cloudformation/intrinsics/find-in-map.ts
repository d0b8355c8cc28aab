import { templateError } from '../faults.ts';
import { isObject, type Json } from '../template/template.ts';
import { type Environment, UNKNOWN } from './environment.ts';
import { evaluate, text } from './evaluate.ts';

/** `Fn::FindInMap`, with a default value as the language extensions allow. */
export function findInMap(argument: Json, environment: Environment): Json {
  const wrong = () =>
    templateError(
      'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
  if (!Array.isArray(argument) || argument.length < 3 || argument.length > 4) throw wrong();
  const keys = argument.slice(0, 3).map((part) => evaluate(part, environment));
  if (keys.includes(UNKNOWN)) return UNKNOWN;
  if (keys.some((key) => key === undefined || typeof key === 'object')) throw wrong();
  const [name, top, second] = keys.map((key) => text(key!)) as [string, string, string];
  const found = environment.mappings[name]?.[top]?.[second];
  if (found !== undefined) return found;
  const fallback = argument[3];
  if (isObject(fallback) && fallback.DefaultValue !== undefined)
    return evaluate(fallback.DefaultValue, environment) ?? '';
  throw templateError(`Unable to get mapping for ${name}::${top}::${second}`);
}
