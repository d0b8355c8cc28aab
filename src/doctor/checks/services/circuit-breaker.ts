import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** Without it ECS goes on starting tasks that fail, for as long as CloudFormation waits: three hours (F-13). */
export const circuitBreaker: Check = {
  id: 'circuit-breaker',
  title: 'A bad deployment rolls itself back',
  group: 'its services',
  needs: ['stacks'],
  async run(scene) {
    const { environment } = await scene.open();
    const services = await scene.services();
    if (services.length === 0) return skipped('no service runs');
    const found = services.flatMap(({ name, service }) => {
      const breaker = service.deploymentConfiguration?.deploymentCircuitBreaker;
      if (breaker?.enable && breaker.rollback) return [];
      return [
        sick({
          severity: 'warning',
          subject: `services.${name}`,
          detail: 'ECS would keep starting tasks that fail, for hours',
          evidence: [
            evidenceOf(
              'ecs:DescribeServices',
              'services[0].deploymentConfiguration.deploymentCircuitBreaker',
              breaker ?? null,
            ),
          ],
          remedy: `aws ecs update-service --cluster ${service.clusterArn} --service ${service.serviceName} --deployment-configuration 'deploymentCircuitBreaker={enable=true,rollback=true}'; platform deploy ${environmentFlags(environment)} keeps it on`,
          failure: 'F-13',
        }),
      ];
    });
    return found.length > 0 ? found : ok('on, with rollback');
  },
};
