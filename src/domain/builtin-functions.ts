/** Functions that ship with platform, as `source: builtin:<name>`. */
export const BUILTINS: readonly string[] = ['outbox-publisher'];

/** Those whose code is there. */
const SHIPPED: readonly string[] = ['jwt-authorizer', 'outbox-publisher', 'rotate-database', 'url-secret'];

/** `builtin:outbox-publisher` is `outbox-publisher`; undefined for code of the project. */
export const builtinName = (source: string): string | undefined => /^builtin:(.+)$/.exec(source)?.[1];

/** Whether a function has code at all. */
export function hasCode(source: string): boolean {
  const name = builtinName(source);
  return name === undefined || SHIPPED.includes(name);
}
