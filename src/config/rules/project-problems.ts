import type { Problem } from '../../errors/problem.ts';
import type { Reading } from '../build-environment.ts';
import type { EffectiveEnvironment } from '../project.ts';

/** What is wrong between environments, or with what belongs to none of them. */
export function projectProblems(_reading: Reading, _environments: readonly EffectiveEnvironment[]): Problem[] {
  return [];
}
