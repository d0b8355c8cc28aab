import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { AwsFault } from '../../kernel/fault.ts';

/** A value of an event: a leaf, or undefined when the field is not there. */
export type Leaf = string | number | boolean | null | undefined;
export type Matcher = (value: Leaf) => boolean;

// biome-ignore lint/suspicious/noExplicitAny: a pattern is whatever JSON its author wrote; this is where it is looked at
type Json = any;

/** Sentences: recordings TestEventPattern::test_event_pattern[*_EXC]. The place in the source is not told. */
export const invalidPattern = (reason: string) =>
  new AwsFault('InvalidEventPatternException', `Event pattern is not valid. Reason: ${reason}`);

/** One member of a list in a pattern: a value, or an expression such as `{ "prefix": "a" }`. */
export function matcherOf(expression: Json): Matcher {
  if (expression === null || typeof expression !== 'object') return (value) => value === expression;
  if (Array.isArray(expression)) throw invalidPattern('Match value must be String, number, true, false, or null');
  const keys = Object.keys(expression);
  if (keys.length !== 1) throw invalidPattern('Only one key allowed in match expression');
  const [type] = keys as [string];
  const make = MATCHERS[type];
  if (!make) throw invalidPattern(`Unrecognized match type ${type}`);
  return make(expression[type]);
}

const MATCHERS: Record<string, (operand: Json) => Matcher> = {
  exists(operand) {
    if (typeof operand !== 'boolean') throw invalidPattern('exists match pattern must be either true or false.');
    return (value) => (value !== undefined) === operand;
  },
  prefix: (operand) => affix('prefix', operand),
  suffix: (operand) => affix('suffix', operand),
  'equals-ignore-case'(operand) {
    const wanted = text('equals-ignore-case', operand).toLowerCase();
    return (value) => typeof value === 'string' && value.toLowerCase() === wanted;
  },
  wildcard: (operand) => wildcard(text('wildcard', operand)),
  numeric: numericRange,
  cidr: addressRange,
  'anything-but': anythingBut,
};

function text(type: string, operand: Json): string {
  if (typeof operand !== 'string') throw invalidPattern(`${type} match pattern must be a string`);
  return operand;
}

function affix(type: 'prefix' | 'suffix', operand: Json): Matcher {
  const folded = typeof operand === 'object' && operand !== null ? operand['equals-ignore-case'] : undefined;
  const wanted = text(type, typeof folded === 'string' ? folded.toLowerCase() : operand);
  return (value) => {
    if (typeof value !== 'string') return false;
    const shown = folded === undefined ? value : value.toLowerCase();
    return type === 'prefix' ? shown.startsWith(wanted) : shown.endsWith(wanted);
  };
}

function wildcard(pattern: string): Matcher {
  const double = pattern.indexOf('**');
  if (double >= 0) throw invalidPattern(`Consecutive wildcard characters at pos ${double + 1}`);
  const source = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${source.join('.*')}$`, 's');
  return (value) => typeof value === 'string' && expression.test(value);
}

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function numericRange(operand: Json): Matcher {
  if (!Array.isArray(operand)) throw invalidPattern('Value of numeric must be an array.');
  if (operand.length === 0 || operand.length > 4) throw invalidPattern('Too many elements in numeric expression');
  const tests: Matcher[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const [operator, bound] = [operand[index], operand[index + 1]];
    const compare = COMPARISONS[operator];
    if (!compare) throw invalidPattern(`Unrecognized numeric range operator: ${operator}`);
    // A range goes up: first its bottom, then its top.
    if (index > 0 && !(String(operator).startsWith('<') && String(operand[0]).startsWith('>')))
      throw invalidPattern(`Bad numeric range operator: ${operator}`);
    if (typeof bound !== 'number') throw invalidPattern(`Value of ${operator} must be numeric`);
    tests.push((value) => typeof value === 'number' && compare(value, bound));
  }
  if (operand.length === 4 && operand[1] >= operand[3]) throw invalidPattern('Bottom must be less than top');
  return (value) => tests.every((test) => test(value));
}

function addressRange(operand: Json): Matcher {
  if (typeof operand !== 'string') throw invalidPattern('prefix match pattern must be a string');
  const parts = operand.split('/');
  if (parts.length !== 2) throw invalidPattern("Malformed CIDR, one '/' required");
  const [address = '', bits = ''] = parts;
  if (!/^\d+$/.test(bits)) throw invalidPattern('Malformed CIDR, mask bits must be an integer');
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined;
  if (!family) throw invalidPattern(`Nonstandard IP address: ${address}`);
  const block = new BlockList();
  block.addSubnet(address, Number(bits), family);
  return (value) =>
    typeof value === 'string' && (family === 'ipv4' ? isIPv4(value) : isIPv6(value)) && block.check(value, family);
}

/** A field that is not there is not anything else. */
function anythingBut(operand: Json): Matcher {
  const forbidden = forbiddenBy(operand);
  return (value) => value !== undefined && !forbidden.some((test) => test(value));
}

function forbiddenBy(operand: Json): Matcher[] {
  if (typeof operand === 'string' || typeof operand === 'number') return [(value) => value === operand];
  if (Array.isArray(operand)) {
    if (operand.some((item) => typeof item !== 'string' && typeof item !== 'number'))
      throw invalidPattern('Inside anything but list, start|null|boolean is not supported.');
    return [(value) => operand.includes(value)];
  }
  const [type, inner] = Object.entries(operand ?? {})[0] ?? [];
  const list: Json[] = Array.isArray(inner) ? inner : [inner];
  switch (type) {
    case 'equals-ignore-case':
      if (list.some((item) => typeof item !== 'string'))
        throw invalidPattern(
          'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
        );
      return list.map((item) => MATCHERS['equals-ignore-case']!(item));
    case 'wildcard':
      return list.map((item) => MATCHERS.wildcard!(item));
    case 'prefix':
    case 'suffix':
      if (!Array.isArray(inner) && typeof inner === 'object' && inner !== null) break;
      if (list.some((item) => typeof item !== 'string'))
        throw invalidPattern('prefix/suffix match pattern must be a string');
      if (list.includes('')) throw invalidPattern('Null prefix/suffix not allowed');
      return list.map((item) => affix(type, item));
  }
  throw invalidPattern('Value of anything-but must be an array or single string/number value.');
}
