import type { GlobalFlags } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';

const NEXT_STEP =
  /\bplatform (db protect|db unprotect|db status|deploy|redeploy|rollback|releases|scale|pause|resume|diff|destroy|status|outputs|events|bootstrap)\b( --env [a-z][a-z0-9-]*)?( --sandbox)?/g;

/**
 * Commands in a text, led to where this command line was: without its flags the next step would act on the default
 * environment, and that of a rehearsal on the real account.
 */
export const inSamePlace = (text: string, { env, sandbox }: Pick<GlobalFlags, 'env' | 'sandbox'>): string =>
  text.replace(NEXT_STEP, (_, command: string, named: string | undefined, rehearsed: string | undefined) => {
    const place = named ?? (env === undefined ? '' : ` --env ${env}`);
    const rehearsal = rehearsed ?? (sandbox && place !== ' --env sandbox' ? ' --sandbox' : '');
    return `platform ${command}${place}${rehearsal}`;
  });

/** The same error with remedies that stay in the place of this command line. */
export function remediedInSamePlace(error: unknown, flags: Pick<GlobalFlags, 'env' | 'sandbox'>): unknown {
  if (!(error instanceof PlatformError)) return error;
  const { id, kind, message, remedy, problems, cause, stack } = error;
  const completed = new PlatformError({
    id,
    kind,
    message,
    remedy: inSamePlace(remedy, flags),
    problems: problems.map((problem) => ({ ...problem, remedy: inSamePlace(problem.remedy, flags) })),
    cause,
  });
  return Object.assign(completed, { stack });
}
