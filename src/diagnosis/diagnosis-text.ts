import { evidenceLines } from '../errors/evidence-lines.ts';
import { remedyLines } from '../errors/remedy-steps.ts';
import type { Cause, Diagnosis, Unseen } from './cause.ts';

/** `causes` of a `--json` document: the contract, in this order. */
export interface ToldDiagnosis {
  causes: Pick<Cause, 'id' | 'subject' | 'what' | 'certainty' | 'evidence' | 'remedy'>[];
  unseen: Unseen[];
}

/** For `details` of an error, and for documents. */
export const toldDiagnosis = ({ causes, unseen }: Diagnosis): ToldDiagnosis => ({
  causes: causes.map(({ id, subject, what, certainty, evidence, remedy }) => ({
    id,
    subject,
    what,
    certainty,
    evidence,
    remedy,
  })),
  unseen: [...unseen],
});

/** As it was found, or as it was told. */
interface Shown {
  readonly causes: readonly ToldDiagnosis['causes'][number][];
  readonly unseen: readonly Unseen[];
}

/**
 * What a person reads, one shape everywhere: what is wrong, where that was read, and the way out.
 *
 *     web: secret dev/app has no key API_KEY (F-44)
 *       read: ecs:DescribeTasks tasks[0].stoppedReason = "…"
 *       fix: platform secrets push --env dev
 */
export const diagnosisLines = ({ causes, unseen }: Shown): string[] => [
  ...causes.flatMap(causeLines),
  ...unseen.map(unseenLine),
];

function causeLines({ id, subject, what, certainty, evidence, remedy }: Shown['causes'][number]): string[] {
  return [
    `${shortSubject(subject)}: ${certainty === 'possible' ? 'possibly ' : ''}${what} (${id})`,
    ...evidenceLines(evidence),
    ...remedyLines(remedy),
  ];
}

function unseenLine({ what, permission, reason }: Unseen): string {
  return `could not look at ${what}: ${permission ? `permission ${permission}` : reason}`;
}

/** `services.web` is web to whoever wrote platform.yaml. */
const shortSubject = (subject: string): string => subject.replace(/^services\./, '');

/** The likeliest cause in half a sentence, for a message; undefined: none that is certain. */
export function firstCause({ causes }: Diagnosis): Cause | undefined {
  return causes.find(({ certainty }) => certainty === 'certain');
}

export const causeText = ({ what, id }: Cause): string => `${what} (${id})`;
