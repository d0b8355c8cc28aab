import { explain } from './explain.ts';

/**
 * The one way to AWS: sends, and turns what can go wrong with any call into a `PlatformError` with its remedy.
 * `action` is the IAM action, so that a denial can name the permission; `docs/iam.md` is generated from these names.
 */
export async function call<T>(action: string, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    throw explain(action, error);
  }
}

/** Like `call`, but the errors of these names mean that the thing is not there: `undefined`. */
export function find<T>(action: string, absent: readonly string[], send: () => Promise<T>): Promise<T | undefined> {
  return call(action, async () => {
    try {
      return await send();
    } catch (error) {
      if (error instanceof Error && absent.includes(error.name)) return undefined;
      throw error;
    }
  });
}

/** The code that AWS gave an error, also when it lies below one of ours: for callers to whom some codes are answers. */
export function awsCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return '$metadata' in error ? error.name : awsCode(error.cause);
}
