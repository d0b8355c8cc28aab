import type { Diagnosis } from '../../diagnosis/cause.ts';
import type { DiagnosisPowers, SickService } from '../../diagnosis/sick-service.ts';

/** Finds what is behind tasks that do not stay up. */
export type Judge = (powers: DiagnosisPowers, suspect: SickService) => Promise<Diagnosis>;
