import { accessProblems } from '../../../operations/access/access-problems.ts';
import type { Check } from '../../check.ts';
import { ok, skipped } from '../../finding.ts';
import { fromProblem } from '../../from-problem.ts';

export const accessRoles: Check = {
  id: 'access-roles',
  title: 'Those may act in the environment whom the configuration names',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const looked = await accessProblems(await scene.open());
    if (!looked) return skipped('platform.yaml gives nobody access by roles');
    return looked.problems.length > 0 ? looked.problems.map((problem) => fromProblem(problem)) : ok(looked.stack);
  },
};
