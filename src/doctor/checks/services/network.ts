import { counted } from '../../../domain/counted.ts';
import { walkToAws } from '../../../operations/services/ways-to-aws.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';

export const network: Check = {
  id: 'network',
  title: 'Fresh tasks would reach the registry, their secrets and their log',
  group: 'its services',
  needs: ['stacks'],
  async run(scene, say) {
    const services = await scene.definitions();
    if (services.length === 0) return skipped('no service runs');
    say('routes, endpoints and security groups');
    const { broken, unseen, walked } = await walkToAws(await scene.open(), services);
    const found: Finding[] = [
      ...broken.map(({ name, service, what, evidence, remedy }) =>
        sick({
          severity: 'error',
          subject: `services.${name}`,
          detail: `its tasks do not reach ${service}: ${what}`,
          evidence: [evidence],
          remedy,
          failure: 'F-45',
        }),
      ),
      ...unseen.map(
        (name): Finding => ({
          status: 'unknown',
          subject: `services.${name}`,
          reason: 'not every hop of its way to AWS could be looked at',
          permission: 'ec2:Describe*',
        }),
      ),
    ];
    return found.length > 0 ? found : ok(counted(walked, 'way'));
  },
};
