import { counted } from '../../../domain/counted.ts';
import { judgeRunningImages } from '../../../operations/images/running-images.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, skipped } from '../../finding.ts';
import { fromProblem } from '../../from-problem.ts';

/** A task that is replaced tonight pulls its image again (F-43), for the processor of its task definition (F-35). */
export const images: Check = {
  id: 'images',
  title: 'The images that services run are in the registry, and fit',
  group: 'its services',
  needs: ['stacks'],
  async run(scene, say) {
    const session = await scene.open();
    const services = await scene.definitions();
    if (services.length === 0) return skipped('no service runs');
    say('the registry');
    const [gone, judged] = await Promise.all([scene.startProblems(), judgeRunningImages(session, services)]);
    const found: Finding[] = [
      ...gone.filter(({ rule }) => rule === 'F-43').map((problem) => fromProblem(problem)),
      ...judged.problems.map((problem) => fromProblem(problem)),
      ...judged.unseen.map(
        ({ name, reason, permission }): Finding => ({
          status: 'unknown',
          subject: `services.${name}`,
          reason,
          ...(permission ? { permission } : {}),
        }),
      ),
    ];
    return found.length > 0 ? found : ok(counted(services.length, 'service'));
  },
};
