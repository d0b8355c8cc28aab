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
        ({ what, permission, reason }): Finding => ({
          status: 'unknown',
          reason: `could not look at ${what}: ${reason}`,
          ...(permission ? { permission } : {}),
        }),
      ),
    ];
    return found.length > 0 ? found : ok(counted(walked, 'way'));
  },
};
