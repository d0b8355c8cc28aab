import type { Cause, Diagnosis } from '../diagnosis/cause.ts';
import type { Finding, Severity, Sick } from './finding.ts';

/** What a diagnosis says, as findings: what is only possible says so, and what could not be seen is its own result. */
export function fromDiagnosis({ causes, unseen }: Diagnosis, severity: Severity, symptom: Sick): Finding[] {
  const sickOnes = causes.map((cause): Sick => {
    const { certainty, evidence, id, remedy, subject, what } = cause;
    const [first = symptom.evidence[0], ...rest] = evidence;
    return {
      status: 'problem',
      severity,
      subject,
      detail: certainty === 'possible' ? `${symptom.detail}; possibly ${what}` : what,
      evidence: [first, ...rest],
      remedy,
      failure: id,
    };
  });
  // Without a cause that something was read for, what is seen is told as well as what is supposed.
  const told = causes.some(isCertain) ? sickOnes : sickOnes.length > 0 ? sickOnes : [symptom];
  return [
    ...told,
    ...unseen.map(
      ({ what, permission, reason }): Finding => ({
        status: 'unknown',
        ...(symptom.subject ? { subject: symptom.subject } : {}),
        reason: `could not look at ${what}: ${reason}`,
        ...(permission ? { permission } : {}),
      }),
    ),
  ];
}

const isCertain = ({ certainty }: Cause): boolean => certainty === 'certain';
