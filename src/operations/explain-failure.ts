import type { Diagnosis } from '../diagnosis/cause.ts';
import { diagnoseService, diagnoseTask } from '../diagnosis/diagnose-service.ts';
import { diagnosisLines, firstCause, toldDiagnosis } from '../diagnosis/diagnosis-text.ts';
import type { OneOff } from '../diagnosis/judge/patient.ts';
import type { DiagnosisPowers, SickService } from '../diagnosis/sick-service.ts';
import type { ErrorParts, PlatformError } from '../errors/platform-error.ts';
import type { OneOffPlace } from './tasks/one-off-place.ts';

/** What goes on once a stack is mended: a service whose first creation was taken back is not there to be redeployed. */
export const SAME_COMMAND = 'the same command again';

type Powers = Omit<DiagnosisPowers, 'signal'>;

/** What is behind a service's failure, where it can be seen. */
export const whyServiceFailed = (session: Powers, target: SickService): Promise<Diagnosis> =>
  quietly(session, (powers) => diagnoseService(powers, target));

/** The same failure with what is behind it, of a task that was run once and did not end as it should. */
export async function explainedOneOff(
  session: Powers,
  failure: PlatformError,
  { place, ...task }: OneOff & { place: OneOffPlace },
): Promise<PlatformError> {
  // Whoever stopped it, knows why.
  if (['task-cancelled', 'task-timed-out'].includes(failure.id)) return failure;
  const { component, cluster, securityGroup, assignPublicIp } = place;
  const sick = { name: component, cluster, groups: [securityGroup], publicIp: assignPublicIp, ...task };
  const diagnosis = await quietly(session, (powers) => diagnoseTask(powers, sick));
  const cause = firstCause(diagnosis);
  const { remedy, details } = failure;
  const found = explanation(diagnosis);
  return failure.with({
    ...(cause && !showsTheSameLog(cause.remedy, remedy) ? { remedy: `${cause.remedy}; ${remedy}` } : {}),
    ...found,
    ...(found.details ? { details: { ...details, ...found.details } } : {}),
  });
}

/** Both would lead to the lines of the task. */
const showsTheSameLog = (one: string, other: string): boolean =>
  one === other || [one, other].every((remedy) => remedy.startsWith('platform logs '));

/** A failure is told whatever becomes of its explanation, also after Ctrl-C. */
async function quietly(session: Powers, diagnose: (powers: DiagnosisPowers) => Promise<Diagnosis>): Promise<Diagnosis> {
  const { clock, environment } = session;
  try {
    return await diagnose({
      aws: session.aws.uninterrupted(),
      clock,
      environment,
      signal: new AbortController().signal,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { causes: [], unseen: [{ what: 'what is behind it', reason }] };
  }
}

/** The parts of an error that a diagnosis fills: for people and for scripts. Nothing where nothing was found out. */
export function explanation(diagnosis: Diagnosis): Pick<ErrorParts, 'findings' | 'details'> {
  const { causes, unseen } = diagnosis;
  return causes.length + unseen.length === 0
    ? {}
    : { findings: diagnosisLines(diagnosis), details: { ...toldDiagnosis(diagnosis) } };
}

/** Those of several services together. */
export const together = (all: readonly Diagnosis[]): Diagnosis => ({
  causes: all.flatMap(({ causes }) => causes),
  unseen: all.flatMap(({ unseen }) => unseen),
});
