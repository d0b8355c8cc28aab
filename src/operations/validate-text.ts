import { PlatformError } from '../errors/platform-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { ValidateOutcome } from './validate.ts';

/** A line per problem, where it stands and what to do; waived ones with their reason. */
export function problemsText({ problems, environments }: ValidateOutcome): string {
  const open = problems.filter(({ waived }) => !waived);
  const errors = open.filter(({ severity }) => severity === 'error').length;
  const lines = problems.flatMap((problem) => [
    `${problem.waived ? 'waived' : problem.severity} ${place(problem)}${problem.message}${problem.rule ? `  [${problem.rule}]` : ''}`,
    `  ${problem.waived ? `because: ${problem.waived}` : `fix: ${problem.remedy}`}`,
  ]);
  const summary = `${environments.join(', ')}: ${errors} errors, ${open.length - errors} warnings, ${problems.length - open.length} waived`;
  return [...lines, summary].join('\n');
}

const place = ({ file, line, column, path }: Problem): string =>
  file ? `${file}:${line ?? 1}:${column ?? 1} ${path}: ` : `${path}: `;

export const validationFailed = (count: number) =>
  new PlatformError({
    id: 'validation-failed',
    kind: 'failed',
    message: `${count} ${count === 1 ? 'problem' : 'problems'} would make a deployment fail or unsafe`,
    remedy: 'mend them, or waive one by name with a reason in platform.yaml',
  });
