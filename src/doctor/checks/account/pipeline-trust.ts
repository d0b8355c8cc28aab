import { trustProblems } from '../../../operations/ci/trust-problems.ts';
import type { Check } from '../../check.ts';
import { ok, skipped } from '../../finding.ts';
import { fromProblem } from '../../from-problem.ts';

export const pipelineTrust: Check = {
  id: 'pipeline-trust',
  title: 'Workflows of the repository may deploy',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const looked = await trustProblems(await scene.open());
    if (looked.state === 'none') return skipped(looked.why);
    return looked.problems.length > 0 ? looked.problems.map((problem) => fromProblem(problem)) : ok(looked.roleName);
  },
};
