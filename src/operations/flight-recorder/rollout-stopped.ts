import type { Cause } from '../../diagnosis/cause.ts';
import { causeText, diagnosisLines, toldDiagnosis } from '../../diagnosis/diagnosis-text.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Findings } from './rollout-watch.ts';
import { standing } from './with-tasks.ts';

/** Waiting was hopeless, so the rollout was taken back: why, and how things stand now. */
export function rolloutStopped({
  sick,
  causes,
  unseen,
  convicted,
  stopped,
  now,
  state,
  run,
  again,
}: Findings & { sick: string | undefined; state: string; run: string; again?: string }): PlatformError {
  const { remedy } = convicted!;
  // A remedy that ends in a deployment says so itself.
  const goesOn = /platform deploy |the same command again/.test(remedy) ? undefined : again;
  return new PlatformError({
    id: 'rollout-stopped',
    kind: 'failed',
    message: `${sick} cannot come up: ${causeText(convicted!)}; its rollout was taken back after ${stopped === 1 ? 'one task' : `${stopped} tasks`}: ${standing(state, now)}`,
    remedy: [remedy, goesOn, '--wait-anyway waits all the same'].filter(Boolean).join('; '),
    findings: diagnosisLines({ causes: firstOf(convicted!, causes), unseen }),
    details: {
      ...toldDiagnosis({ causes: firstOf(convicted!, causes), unseen }),
      service: sick,
      stopped,
      state: standing(state, now),
      run,
      endedBy: 'platform',
    },
  });
}

const firstOf = (convicted: Cause, causes: readonly Cause[]): Cause[] => [
  convicted,
  ...causes.filter(({ id, subject }) => id !== convicted.id || subject !== convicted.subject),
];
