import { evidenceLines } from '../../errors/evidence-lines.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { remedyLines } from '../../errors/remedy-steps.ts';
import type { PreflightFinding, PreflightOutcome } from './preflight.ts';

const SIGNS: Record<PreflightFinding['status'], string> = {
  passed: 'ok     ',
  warned: 'warning',
  blocked: 'blocked',
  unknown: 'unknown',
};

/** What `deploy --preflight` says: a line for each group, and under it what was found. */
export function preflightText({ environment, groups, blocked, seconds }: PreflightOutcome): string {
  const lines = groups.flatMap(({ title, status, problems, reason }) => [
    `  ${SIGNS[status]}  ${title}${reason === null ? '' : `: ${reason}`}`,
    ...problems.flatMap(({ rule, message, remedy, evidence }) => [
      `           ${message}${rule ? ` (${rule})` : ''}`,
      ...evidenceLines(evidence, '             '),
      ...remedyLines(remedy, '             '),
    ]),
  ]);
  const end = blocked
    ? `${environment} cannot be deployed yet`
    : `Nothing keeps ${environment} from being deployed, as far as can be seen`;
  return [`Looked at ${environment} in ${seconds.toFixed(1)} s; nothing was changed`, ...lines, end].join('\n');
}

export function preflightBlocked({ environment, groups }: PreflightOutcome): PlatformError {
  const blocking = groups.flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'error'));
  return new PlatformError({
    id: 'preflight-blocked',
    kind: 'failed',
    message: `${blocking.length} ${blocking.length === 1 ? 'finding keeps' : 'findings keep'} ${environment} from being deployed; nothing was changed`,
    remedy: blocking[0]!.remedy,
  });
}
