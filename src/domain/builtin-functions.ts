/** Functions that ship with platform, as `source: builtin:<name>`. */
export const BUILTINS: readonly string[] = ['outbox-publisher'];

/** `builtin:outbox-publisher` is `outbox-publisher`; undefined for code of the project. */
export const builtinName = (source: string): string | undefined => /^builtin:(.+)$/.exec(source)?.[1];
