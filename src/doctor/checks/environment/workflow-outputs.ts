import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { nearest } from '../../../domain/nearest.ts';
import { outputsRead } from '../../../domain/workflow-troubles.ts';
import { readWorkflows } from '../../../operations/ci/read-workflows.ts';
import { outputs } from '../../../operations/outputs.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const workflowOutputs: Check = {
  id: 'workflow-outputs',
  title: 'What workflows read of the environment is there',
  group: 'the environment',
  needs: ['credentials'],
  async run(scene) {
    const project = await scene.context.project();
    const session = await scene.open();
    const { name: environment } = session.environment;
    const workflows = await scene.fact('workflows', () => readWorkflows(project));
    const read = workflows.flatMap(({ path, text }) =>
      outputsRead(text)
        .filter((one) => (one.environment ?? project.defaultEnvironment) === environment)
        .map((one) => ({ ...one, path })),
    );
    if (read.length === 0) return skipped(`no workflow reads outputs of ${environment}`);
    const found = await outputs(session);
    const known = Object.keys(found);
    const missing = read.filter(({ name }) => found[name] === undefined);
    if (missing.length === 0) return ok(read.map(({ name }) => name).join(', '));
    return missing.map(({ path, job, name }) => {
      const near = nearest(name, known);
      return sick({
        severity: 'error',
        subject: `${path} ${job}`,
        detail: `it reads ${name}, which ${environment} does not have`,
        evidence: [evidenceOf('platform outputs', name, undefined)],
        remedy:
          known.length === 0
            ? `platform deploy ${environmentFlags(session.environment)}: nothing is deployed there yet`
            : near
              ? `write ${near} in ${path}`
              : `platform outputs ${environmentFlags(session.environment)} lists what there is; write one of them in ${path}`,
        failure: 'F-132',
      });
    });
  },
};
