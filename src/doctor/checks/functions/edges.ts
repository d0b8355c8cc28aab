import { counted } from '../../../domain/counted.ts';
import { deployedEdges } from '../../../operations/sites/deployed-edges.ts';
import { edgeFaults } from '../../../operations/sites/edge-faults.ts';
import { stackOutputs } from '../../../operations/stacks/stack-outputs.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, skipped } from '../../finding.ts';
import { fromProblem } from '../../from-problem.ts';

export const edgeFunctions: Check = {
  id: 'edge-functions',
  title: 'Functions at the edges answer every viewer, and write down what they do',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const told = new Map((await scene.stacks()).map(({ id, stack }) => [id, stackOutputs(stack)]));
    const edges = deployedEdges(session, (id) => told.get(id) ?? {});
    if (edges.length === 0) return skipped('no function is at the edges');
    const { problems, refused } = await edgeFaults(session, edges);
    const found: Finding[] = problems.map((problem) => fromProblem(problem));
    const [first] = refused;
    // Copies in regions that an organisation forbids are seen by CloudFront's own counters alone.
    if (first) {
      const regions = refused.map(({ region }) => region).join(', ');
      found.push({ status: 'unknown', reason: `not looked at in ${regions}: ${first.reason}` });
    }
    return found.length > 0 ? found : ok(`${counted(edges.length, 'function')}, no failure within the last hour`);
  },
};
