import type { Diagnosis } from '../../diagnosis/cause.ts';
import type { DiagnosisPowers, SickService } from '../../diagnosis/sick-service.ts';

/** Finds what is behind tasks that do not stay up. */
export type Judge = (powers: DiagnosisPowers, suspect: SickService) => Promise<Diagnosis>;

/** What cannot be judged is waited for, as without a judge. */
export function notJudged(service: string, error: unknown): Diagnosis {
  const reason = error instanceof Error ? error.message : String(error);
  return { causes: [], unseen: [{ what: `the cause of ${service}`, reason }] };
}
