import { jsonSelector } from './json-selector.ts';
import { invalidParameter } from './refusals.ts';

/**
 * Compiles a filter pattern: terms (all must be there), `"phrases"`, `-excluded`, `?either`, `%regular expressions%`
 * and JSON selectors in braces. Throws InvalidParameterException for what does not parse, and for space-delimited
 * patterns in brackets, which are not simulated.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(pattern = ''): (message: string) => boolean {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('{')) return jsonSelector(text);
  if (text.startsWith('['))
    throw invalidParameter('Invalid filter pattern: the sandbox does not simulate space-delimited patterns');

  const terms = [...text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s"%]+))/g)].map(
    ([, sign, phrase, expression, word]) => ({
      sign,
      test: expression !== undefined ? contains(expression) : includes(phrase?.replace(/\\(.)/g, '$1') ?? word!),
    }),
  );
  if (terms.length === 0 || (text.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1)
    throw invalidParameter('Invalid filter pattern');

  const required = terms.filter(({ sign }) => sign === '');
  const excluded = terms.filter(({ sign }) => sign === '-');
  const either = terms.filter(({ sign }) => sign === '?');
  return (message) =>
    required.every(({ test }) => test(message)) &&
    !excluded.some(({ test }) => test(message)) &&
    // Beside required terms the optional ones decide nothing (page above, "Match terms").
    (either.length === 0 || required.length > 0 || either.some(({ test }) => test(message)));
}

const includes = (text: string) => (message: string) => message.includes(text);

function contains(expression: string): (message: string) => boolean {
  try {
    const compiled = new RegExp(expression);
    return (message) => compiled.test(message);
  } catch {
    throw invalidParameter('Invalid filter pattern');
  }
}
