import { matchesWildcard } from './wildcard.ts';

/** Values of condition keys of a request, by key; keys are compared without regard to case. */
export type RequestContext = Record<string, string | readonly string[]>;

const numeric = (compare: (left: number, right: number) => boolean) => (actual: string, wanted: string) =>
  compare(Number(actual), Number(wanted));
const dated = (compare: (left: number, right: number) => boolean) => (actual: string, wanted: string) =>
  compare(Date.parse(actual), Date.parse(wanted));
const like = (actual: string, wanted: string) => matchesWildcard(wanted, actual);
const same = (actual: string, wanted: string) => actual === wanted;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATORS: Record<string, (actual: string, wanted: string) => boolean> = {
  StringEquals: same,
  StringEqualsIgnoreCase: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  StringLike: like,
  ArnEquals: like,
  ArnLike: like,
  Bool: (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: same,
  NumericEquals: numeric((left, right) => left === right),
  NumericLessThan: numeric((left, right) => left < right),
  NumericLessThanEquals: numeric((left, right) => left <= right),
  NumericGreaterThan: numeric((left, right) => left > right),
  NumericGreaterThanEquals: numeric((left, right) => left >= right),
  DateEquals: dated((left, right) => left === right),
  DateLessThan: dated((left, right) => left < right),
  DateLessThanEquals: dated((left, right) => left <= right),
  DateGreaterThan: dated((left, right) => left > right),
  DateGreaterThanEquals: dated((left, right) => left >= right),
  IpAddress: inCidr,
};

const NEGATED: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  NotIpAddress: 'IpAddress',
};

export const isConditionOperator = (operator: string): boolean => {
  const name = operator.replace(/^(ForAnyValue|ForAllValues):/, '').replace(/IfExists$/, '');
  return name === 'Null' || name in OPERATORS || name in NEGATED;
};

/** Whether every condition of a statement holds; an operator that does not exist never does. */
export function conditionsHold(
  conditions: Record<string, Record<string, string[]>>,
  context: RequestContext = {},
): boolean {
  const known = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), [value].flat()]));
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, known.get(key.toLowerCase()), wanted)),
  );
}

function holds(operator: string, actual: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const [, quantifier, withSuffix] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/.exec(operator)!;
  const name = withSuffix!.replace(/IfExists$/, '');
  if (name === 'Null') return wanted.includes(String(actual === undefined));

  const positive = NEGATED[name] ?? name;
  const test = OPERATORS[positive];
  if (!test) return false;
  const isNegated = positive !== name;
  if (actual === undefined) return isNegated || withSuffix!.endsWith('IfExists') || quantifier === 'ForAllValues';

  const matches = (value: string) => wanted.some((candidate) => test(value, candidate)) !== isNegated;
  return quantifier === 'ForAllValues' || (isNegated && !quantifier) ? actual.every(matches) : actual.some(matches);
}

/** IPv4 only. */
function inCidr(address: string, cidr: string): boolean {
  const [network = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(asNumber(address) / size) === Math.floor(asNumber(network) / size);
}

const asNumber = (address: string): number => address.split('.').reduce((total, part) => total * 256 + Number(part), 0);
