import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { componentCalled, lostLogGroups, recreateLogGroup } from '../../../operations/logs/sick-log-groups.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const logGroups: Check = {
  id: 'log-groups',
  title: 'The log groups that tasks write to are there',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const session = await scene.open();
    const { looked, lost } = await lostLogGroups(session, await scene.stacks());
    if (looked === 0) return skipped('nothing runs in tasks');
    const services = Object.keys(session.environment.blocks.services);
    const named = lost.map((one) => ({ one, name: componentCalled(services, one.component) }));
    const found = named.filter(({ name }) => scene.service === undefined || name === scene.service);
    if (found.length === 0) return ok(counted(looked, 'log group'));
    return found.map(({ one, name }) =>
      sick({
        severity: 'error',
        subject: name ? `services.${name}` : one.component,
        detail: `log group ${one.name} is gone, and no task that writes to it starts`,
        evidence: [evidenceOf('logs:DescribeLogGroups', one.name, undefined)],
        remedy: `aws logs create-log-group --log-group-name ${one.name}`,
        failure: 'F-48',
        fix: {
          handling: 'AUTO',
          does: `create log group ${one.name} again${one.days === undefined ? '' : `, keeping events for ${one.days} days`}`,
          apply: () => recreateLogGroup(session, one),
        },
      }),
    );
  },
};
