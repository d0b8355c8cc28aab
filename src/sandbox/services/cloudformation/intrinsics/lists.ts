import { templateError } from '../faults.ts';
import type { Json } from '../template/template.ts';
import { UNKNOWN } from './environment.ts';
import { holdsUnknown, text } from './evaluate.ts';

/** `Fn::Join` of evaluated arguments. */
export function join(argument: Json): Json {
  const [delimiter, items] = pair(argument);
  if (holdsUnknown(argument)) return UNKNOWN;
  const list = typeof items === 'string' ? items.split(',') : items;
  if (!Array.isArray(list))
    throw templateError(
      'every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.',
    );
  if (list.some((item) => typeof item === 'object'))
    throw templateError('Fn::Join requires a list of strings to be joined');
  return list.map(text).join(text(delimiter));
}

/** `Fn::Select` of evaluated arguments; other items may be unknown as long as the chosen one is not. */
export function select(argument: Json): Json {
  const [index, items] = pair(argument);
  if (index === UNKNOWN || items === UNKNOWN) return UNKNOWN;
  const list = typeof items === 'string' ? items.split(',') : items;
  const position = Number(text(index));
  if (!Array.isArray(list) || !Number.isInteger(position))
    throw templateError('Fn::Select requires a list argument with two elements: an integer index and a list');
  const chosen = list[position];
  if (position < 0 || chosen === undefined)
    throw templateError(`Fn::Select cannot select nonexistent value at index ${position}`);
  return chosen;
}

/** `Fn::Split` of evaluated arguments. */
export function split(argument: Json): Json {
  const [delimiter, source] = pair(argument);
  if (holdsUnknown(argument)) return UNKNOWN;
  if (typeof source === 'object')
    throw templateError(
      'every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.',
    );
  return text(source).split(text(delimiter));
}

const pair = (argument: Json): [Json, Json] =>
  Array.isArray(argument) ? [argument[0] ?? null, argument[1] ?? null] : [null, null];
