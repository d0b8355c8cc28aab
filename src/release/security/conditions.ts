import { canonicalJson } from '../canonical-json.ts';
import { globCovers, patternOf, shown } from './pattern.ts';

/** `<operator> <key>` with its values; all of them have to hold, of the values of one any. */
export type Conditions = ReadonlyMap<string, readonly string[]>;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const POSITIVE =
  /^(StringEquals|StringEqualsIgnoreCase|StringLike|Numeric(Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Date(Equals|LessThan|LessThanEquals|GreaterThan|GreaterThanEquals)|Bool|BinaryEquals|IpAddress|ArnEquals|ArnLike)$/;
const NEGATIVE =
  /^(StringNotEquals|StringNotEqualsIgnoreCase|StringNotLike|NumericNotEquals|DateNotEquals|NotIpAddress|ArnNotEquals|ArnNotLike)$/;

export function conditionsOf(block: unknown): Conditions {
  if (block === undefined || block === null) return new Map();
  if (typeof block !== 'object' || Object.keys(block).some((operator) => /^(Ref|Fn::)/.test(operator)))
    return new Map([[`expression ${canonicalJson(block)}`, []]]);
  return new Map(
    Object.entries(block).flatMap(([operator, keys]): [string, string[]][] =>
      typeof keys !== 'object' || keys === null
        ? [[`expression ${operator} ${canonicalJson(keys)}`, []]]
        : Object.entries(keys).map(([key, values]) => [
            // Names of keys are the same in capitals and small letters.
            `${operator} ${key.toLowerCase()}`,
            [...new Set((Array.isArray(values) ? values : [values]).map(patternOf))].sort(),
          ]),
    ),
  );
}

/** The conditions of `wide` that `narrow` does not imply: none, and whatever meets `narrow` meets `wide`. */
export const notImplied = (wide: Conditions, narrow: Conditions): string[] =>
  [...wide].flatMap(([key, values]) => {
    const others = narrow.get(key);
    return others !== undefined && implies(key.split(' ')[0]!, others, values) ? [] : [key];
  });

/** Whether values of the same operator and key, `narrow`, let through nothing that `wide` does not. */
function implies(operator: string, narrow: readonly string[], wide: readonly string[]): boolean {
  const name = operator.replace(/^For(AnyValue|AllValues):/, '').replace(/IfExists$/, '');
  if (NEGATIVE.test(name)) return wide.every((value) => narrow.includes(value));
  if (name === 'StringLike') return narrow.every((value) => wide.some((other) => globCovers(other, value)));
  if (POSITIVE.test(name)) return narrow.every((value) => wide.includes(value));
  return canonicalJson(narrow) === canonicalJson(wide);
}

export const conditionText = (conditions: Conditions, key: string): string => {
  const values = conditions.get(key) ?? [];
  return shown(values.length === 0 ? key : `${key} ${values.join(' or ')}`);
};
