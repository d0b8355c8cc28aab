import { formatError, templateError } from '../faults.ts';
import { isPseudoParameter } from './pseudo-parameters.ts';
import { eachIntrinsic, referencesIn } from './references.ts';
import type { Json, Template } from './template.ts';

/** The Conditions block: shapes of its functions, that it names no resource, and that conditions do not go in circles. */
export function validateConditionBlock({ Conditions = {}, Parameters = {} }: Template): void {
  for (const [name, condition] of Object.entries(Conditions)) {
    if (name.startsWith('Fn::ForEach')) continue;
    if (!/^[A-Za-z0-9]+$/.test(name)) throw formatError(`Condition name ${name} is non alphanumeric.`);
    eachIntrinsic(condition, (call, argument) => validateCall(call, argument, Conditions));
  }
  const foreign = referencesIn(Object.values(Conditions))
    .map(({ target }) => target)
    .filter((target) => !(target in Parameters) && !isPseudoParameter(target));
  if (foreign.length > 0)
    throw formatError(
      `Unresolved dependencies [${[...new Set(foreign)].join(', ')}]. Cannot reference resources in the Conditions block of the template`,
    );
  for (const name of Object.keys(Conditions)) rejectCircle(name, Conditions, []);
}

function validateCall(name: string, argument: Json, conditions: Record<string, Json>): void {
  const length = Array.isArray(argument) ? argument.length : -1;
  if (name === 'Fn::Equals' && length !== 2)
    throw templateError('every Fn::Equals object requires a list of 2 string parameters.');
  if (name === 'Fn::Not' && length !== 1)
    throw templateError('every Fn::Not object requires a list with one boolean parameter.');
  if ((name === 'Fn::And' || name === 'Fn::Or') && (length < 2 || length > 10))
    throw templateError(`every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`);
  if (name === 'Condition' && !((argument as string) in conditions))
    throw formatError(`Unresolved condition dependency ${argument} in the Conditions block of the template`);
}

function rejectCircle(name: string, conditions: Record<string, Json>, path: readonly string[]): void {
  if (path.includes(name)) throw formatError(`Circular dependency between conditions: [${[...path, name].join(', ')}]`);
  eachIntrinsic(conditions[name], (call, argument) => {
    if (call === 'Condition') rejectCircle(argument as string, conditions, [...path, name]);
  });
}
