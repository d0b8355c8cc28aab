import { PlatformError } from '../errors/platform-error.ts';
import { FILE_NAME } from './find-file.ts';
import type { EffectiveEnvironment } from './project.ts';

/** Throws when the rules forbid the environment. What is waived and what is only a warning passes. */
export function requireSound({ name, problems }: EffectiveEnvironment): void {
  const errors = problems.filter(({ severity, waived }) => severity === 'error' && waived === undefined);
  const [first, ...others] = errors;
  if (!first) return;
  throw new PlatformError({
    id: 'config-unsound',
    kind: 'usage',
    message: `Environment ${name} breaks ${others.length === 0 ? `the rule ${first.rule}` : `${errors.length} rules`} of ${FILE_NAME}: ${first.message}`,
    remedy:
      others.length === 0
        ? first.remedy
        : 'correct what is listed above, or waive a rule with its reason under waivers',
    problems: errors,
  });
}
