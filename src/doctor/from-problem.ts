import type { Evidence } from '../diagnosis/cause.ts';
import type { FailureId } from '../domain/failure-id.ts';
import type { Problem } from '../errors/problem.ts';
import { type Sick, sick } from './finding.ts';

/** What an operation says is wrong, as a finding; `call` is what was read where it brings no evidence of its own. */
export function fromProblem(
  { rule, severity, path, message, remedy, evidence = [] }: Problem,
  more: Pick<Sick, 'fix'> & { call: Evidence } = { call: { call: 'platform', read: path, value: message } },
): Sick {
  const [first = more.call, ...rest] = evidence;
  return sick({
    severity,
    subject: path,
    detail: message,
    evidence: [first, ...rest],
    remedy,
    ...(isFailure(rule) ? { failure: rule } : {}),
    ...(more.fix ? { fix: more.fix } : {}),
  });
}

const isFailure = (rule: string | undefined): rule is FailureId => /^F-\d+$/.test(rule ?? '');
