import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import type { ValidateOutcome } from './validate.ts';

/** A line per problem, where it stands and what to do; waived ones with their reason. */
export function problemsText({ problems, environments }: ValidateOutcome): string {
  const open = problems.filter(({ waived }) => !waived);
  const errors = open.filter(({ severity }) => severity === 'error').length;
  const lines = problems.flatMap((problem) => [
    `${problem.waived ? 'waived' : problem.severity} ${place(problem)}${problem.message}${problem.rule ? `  [${problem.rule}]` : ''}`,
    `  ${problem.waived ? `because: ${problem.waived}` : `fix: ${problem.remedy}`}`,
    ...(problem.waived || !problem.documentation ? [] : [`  see: ${problem.documentation}`]),
  ]);
  const summary = `${environments.join(', ')}: ${counted(errors, 'error')}, ${counted(open.length - errors, 'warning')}, ${problems.length - open.length} waived`;
  return [...lines, summary].join('\n');
}

/** The message begins with the block's name more often than not; it is not said twice. */
const place = ({ line, column, path, environment, message }: Problem): string => {
  const position = line === undefined ? '' : `platform.yaml:${line}:${column ?? 1} `;
  const where = message.startsWith(path) || path.split('.')[0] === message.split(':')[0] ? '' : `${path}: `;
  return `${position}${environment === undefined ? '' : `(${environment}) `}${where}`;
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** The contract of `validate --json`: every problem has every field. */
export const validateDocument = ({ problems, environments }: ValidateOutcome) => ({
  problems: problems.map((problem) => ({
    ...problem,
    rule: problem.rule ?? null,
    source: problem.source ?? 'platform',
    documentation: problem.documentation ?? documentationOf(problem),
    environment: problem.environment ?? null,
    waived: problem.waived ?? null,
  })),
  environments,
});

/** Rules of the configuration are explained where the configuration is; some of them stand for a failure of AWS. */
const documentationOf = ({ failure, rule }: Problem): string =>
  failure === undefined ? `docs/reference/configuration.md#rules (${rule})` : `docs/failures.md (${failure})`;

export const validationFailed = (count: number) =>
  new PlatformError({
    id: 'validation-failed',
    kind: 'failed',
    message: `${count} ${count === 1 ? 'problem' : 'problems'} would make a deployment fail or unsafe`,
    remedy: 'mend them, or waive one by name with a reason in platform.yaml',
  });
