import { malformed } from './tokens.ts';
import type { Words } from './words.ts';

/** A line as a query sees it: `@timestamp`, `@message` … and what was found in its JSON. */
export type Fields = ReadonlyMap<string, string>;

export type Value = string | undefined;
/** `name`: as the column is called that shows it. */
export interface Expression {
  name: string;
  of(fields: Fields): Value;
}

const TRUE = '1';
const truth = (is: boolean): Value => (is ? TRUE : '0');
export const isTrue = (value: Value): boolean => value !== undefined && value !== '0' && value !== '';

/** `or` binds least, then `and`, `not`, comparisons. */
export function expression(words: Words): Expression {
  let left = conjunction(words);
  while (words.takes('or')) {
    const [one, other] = [left, conjunction(words)];
    left = { name: '', of: (fields) => truth(isTrue(one.of(fields)) || isTrue(other.of(fields))) };
  }
  return left;
}

function conjunction(words: Words): Expression {
  let left = negation(words);
  while (words.takes('and')) {
    const [one, other] = [left, negation(words)];
    left = { name: '', of: (fields) => truth(isTrue(one.of(fields)) && isTrue(other.of(fields))) };
  }
  return left;
}

function negation(words: Words): Expression {
  if (!words.takes('not')) return comparison(words);
  const inner = negation(words);
  return { name: '', of: (fields) => truth(!isTrue(inner.of(fields))) };
}

function comparison(words: Words): Expression {
  const left = primary(words);
  const isNot = words.takes('not');
  if (words.takes('like') || words.takes('=~')) {
    const matches = matcher(words);
    return { name: '', of: (fields) => truth(matches(left.of(fields) ?? '') !== isNot) };
  }
  if (words.takes('in')) {
    const list = words.list('[', ']', () => primary(words));
    return { name: '', of: (fields) => truth(list.some((one) => one.of(fields) === left.of(fields)) !== isNot) };
  }
  if (isNot) throw malformed('`not` stands before like, in or a condition');
  const operator = words.takesOne('=', '!=', '<', '<=', '>', '>=');
  if (operator === undefined) return left;
  const right = primary(words);
  return { name: '', of: (fields) => truth(compares(operator, left.of(fields), right.of(fields))) };
}

function matcher(words: Words): (text: string) => boolean {
  const token = words.next();
  if (token?.kind === 'pattern') return (text) => token.pattern.test(text);
  if (token?.kind === 'text') return (text) => text.includes(token.text);
  throw malformed('like wants a text or a regular expression');
}

/** Numbers are compared as numbers where both are; a field that is not there compares with nothing. */
function compares(operator: string, left: Value, right: Value): boolean {
  if (left === undefined || right === undefined) return operator === '!=' && left !== right;
  const order = compareValues(left, right);
  switch (operator) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    default:
      return order >= 0;
  }
}

export function compareValues(left: string, right: string): number {
  const [one, other] = [Number(left), Number(right)];
  if (left.trim() !== '' && right.trim() !== '' && !Number.isNaN(one) && !Number.isNaN(other)) return one - other;
  return left < right ? -1 : left > right ? 1 : 0;
}

function primary(words: Words): Expression {
  const token = words.next();
  if (token?.kind === 'number' && token.unit === '') return { name: token.text, of: () => token.text };
  if (token?.kind === 'text') return { name: token.text, of: () => token.text };
  if (token?.kind === 'symbol' && token.text === '(') {
    const inner = expression(words);
    words.expect(')');
    return inner;
  }
  if (token?.kind !== 'name') throw malformed(`a field, a value or a function was expected, not ${words.shown(token)}`);
  if (!words.sees('(')) return { name: token.text, of: (fields) => fields.get(token.text) };
  return called(token.text.toLowerCase(), words);
}

function called(name: string, words: Words): Expression {
  switch (name) {
    case 'coalesce': {
      const given = words.list('(', ')', () => expression(words));
      const shown = `coalesce(${given.map((one) => one.name).join(', ')})`;
      return { name: shown, of: (fields) => given.map((one) => one.of(fields)).find((value) => value !== undefined) };
    }
    case 'ispresent': {
      const [given] = words.list('(', ')', () => expression(words));
      return { name: `ispresent(${given?.name})`, of: (fields) => truth(given?.of(fields) !== undefined) };
    }
    case 'bin':
      return bin(words);
    default:
      throw malformed(`the sandbox does not simulate the function ${name}: coalesce, ispresent and bin it does`);
  }
}

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The beginning of the period that the line falls into. */
function bin(words: Words): Expression {
  words.expect('(');
  const token = words.next();
  const ms = token?.kind === 'number' ? Number(token.text) * (UNIT_MS[token.unit] ?? 0) : 0;
  if (token?.kind !== 'number' || ms <= 0) throw malformed('bin wants a period such as 5m');
  words.expect(')');
  return {
    name: `bin(${token.text}${token.unit})`,
    of: (fields) => shownTime(Math.floor(Date.parse(`${fields.get('@timestamp')}Z`) / ms) * ms),
  };
}

/** As Insights writes times: UTC, without saying so. */
export const shownTime = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');
