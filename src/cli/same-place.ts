import { inSamePlace, type Place } from '../domain/same-place.ts';
import { PlatformError } from '../errors/platform-error.ts';

/** The same error with remedies that stay in the place of this command line. */
export function remediedInSamePlace(error: unknown, flags: Place): unknown {
  if (!(error instanceof PlatformError)) return error;
  const { remedy, problems, stack } = error;
  const completed = error.with({
    remedy: inSamePlace(remedy, flags),
    problems: problems.map((problem) => ({ ...problem, remedy: inSamePlace(problem.remedy, flags) })),
  });
  return Object.assign(completed, { stack });
}
