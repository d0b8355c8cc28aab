/**
 * Whether a path belongs to one of the patterns, read as CloudFront reads them: `*` any characters, `?` exactly one,
 * capitals matter, the first slash may be missing. `/api/*` takes `/api` in, too: CloudFront sends that to the default
 * behaviour, where a page would be a wrong answer to somebody who asked an API.
 */
export function matchesPath(patterns: readonly string[]): (path: string) => boolean {
  const expressions = patterns.map((pattern) => {
    const absolute = pattern.charAt(0) === '/' ? pattern : `/${pattern}`;
    const stem = absolute.replace(/\/\*$/, '');
    const inside = stem === absolute ? '' : '(/.*)?';
    const text = stem
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    return new RegExp(`^${text}${inside}$`);
  });
  return (path) => expressions.some((expression) => expression.test(path));
}
