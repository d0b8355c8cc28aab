import { canonicalJson } from '../canonical-json.ts';

/**
 * What a template says where it says it with functions: their result is not known, but the same expression gives the
 * same text. Written in characters that no name has, so that neither a wildcard nor a colon is seen in it.
 */
const OPEN = '\uE000';
const CLOSE = '\uE001';
const HIDDEN: Readonly<Record<string, string>> = { '*': '\uE002', '?': '\uE003', ':': '\uE004' };

const opaque = (text: string): string => `${OPEN}${text.replace(/[*?:]/g, (sign) => HIDDEN[sign]!)}${CLOSE}`;

/** A value of a template as one text with wildcards: `arn:aws:s3:::files/*`, or with what is only known later in it. */
export function patternOf(value: unknown): string {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html: ${*} is a star, and no wildcard.
  if (typeof value === 'string') return value.replace(/\$\{([*?$])\}/g, (_, sign: string) => opaque(sign));
  if (typeof value !== 'object' || value === null) return String(value);
  const [[key, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length > 0) return opaque(canonicalJson(value));
  if (key === 'Ref') return opaque(String(argument));
  if (key === 'Fn::GetAtt') return opaque(Array.isArray(argument) ? argument.join('.') : String(argument));
  if (key === 'Fn::Join' && Array.isArray(argument) && Array.isArray(argument[1]))
    return argument[1].map(patternOf).join(String(argument[0]));
  if (key === 'Fn::Sub' && typeof argument === 'string')
    return argument.replace(/\$\{(!?)([^}]*)\}/g, (_, escaped: string, name: string) =>
      escaped ? patternOf(`\${${name}}`) : opaque(name),
    );
  return opaque(canonicalJson(value));
}

/** For people: what is only known later stands in braces. */
export const shown = (pattern: string): string =>
  pattern
    .replace(/\uE000\{"Known after apply":"([^"]*)"\}\uE001/g, (_, what: string) => `\${${what}, known after apply}`)
    .replace(/\uE000([*?$])\uE001/g, '${$1}')
    .replace(/\uE000/g, '${')
    .replace(/\uE001/g, '}')
    .replace(/\uE002/g, '*')
    .replace(/\uE003/g, '?')
    .replace(/\uE004/g, ':');

/**
 * Whether everything that `narrow` can match is matched by `wide`. True is always right; false may also mean that it
 * could not be told.
 */
export function globCovers(wide: string, narrow: string): boolean {
  // The classic walk with one step back to the last star; here the text walked over has wildcards of its own.
  let [at, star, mark] = [0, -1, 0];
  let i = 0;
  while (i < narrow.length) {
    const sign = wide[at];
    if (sign === '*') [star, mark, at] = [at, i, at + 1];
    else if (sign !== undefined && matchesOne(sign, narrow[i]!)) [at, i] = [at + 1, i + 1];
    else if (star >= 0) [at, mark, i] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (wide[at] === '*') at += 1;
  return at === wide.length;
}

/** A question mark is one character; a star, and what is only known later, may be any number of them. */
const matchesOne = (wide: string, narrow: string): boolean =>
  wide === '?' ? narrow !== '*' && narrow !== OPEN && narrow !== CLOSE : wide === narrow;

/**
 * ARNs are matched part by part, and only in the last part does a wildcard pass a colon:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnCovers(wide: string, narrow: string): boolean {
  if (wide === '*' || wide === narrow) return true;
  const [some, others] = [partsOf(wide), partsOf(narrow)];
  if (some && others) return some.every((part, index) => globCovers(part, others[index]!));
  return !some && !others && globCovers(wide, narrow);
}

function partsOf(arn: string): string[] | undefined {
  const parts = arn.split(':');
  return parts[0] === 'arn' && parts.length >= 6 ? [...parts.slice(0, 5), parts.slice(5).join(':')] : undefined;
}

/** The logical id of a pattern that is nothing but a resource of the template, or one of its attributes. */
export const resourceIn = (pattern: string): string | undefined =>
  /^\uE000([A-Za-z0-9]+)(?:\.[A-Za-z0-9.]+)?\uE001$/.exec(pattern)?.[1];
