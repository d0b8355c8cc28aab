import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { exec as execOperation } from '../../../operations/services/exec.ts';
import type { ExecLink } from '../../../operations/services/exec-chain.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';

const CALLS: Record<ExecLink['id'], string> = {
  plugin: 'session-manager-plugin --version',
  enabled: 'ecs:DescribeTasks',
  agent: 'ecs:DescribeTasks',
  role: 'iam:SimulatePrincipalPolicy',
  root: 'ecs:DescribeTaskDefinition',
  keys: 'ecs:DescribeTaskDefinition',
  route: 'ec2:DescribeRouteTables',
};

/** The chain that `platform exec` looks at before it opens a session. */
export const exec: Check = {
  id: 'exec',
  title: 'A shell can be opened in a task',
  group: 'its services',
  needs: ['stacks'],
  on: 'exec',
  async run(scene) {
    const { service } = scene;
    if (service === undefined) return skipped('name the service: --exec <service>');
    const { outcome } = await execOperation(await scene.open(), { service, check: true });
    const found = outcome.links.flatMap(({ id, title, status, detail, remedy }): Finding[] => {
      if (status === 'ok') return [];
      if (status === 'unknown') return [{ status: 'unknown', subject: id, reason: detail, permission: CALLS[id] }];
      const [read = 'answer', value] = detail.includes(' = ') ? detail.split(' = ') : ['answer', detail];
      return [
        sick({
          severity: 'error',
          subject: id,
          detail: `not so: ${title}; ${detail}`,
          evidence: [evidenceOf(CALLS[id], read, value)],
          remedy: remedy ?? `platform exec ${service} --check`,
          failure: 'F-59',
        }),
      ];
    });
    return found.length > 0 ? found : ok(`${service}, task ${outcome.task}`);
  },
};
