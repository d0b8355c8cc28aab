import { diagnoseService } from '../../../diagnosis/diagnose-service.ts';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { fewAtATime } from '../../../domain/few-at-a-time.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import { fromDiagnosis } from '../../from-diagnosis.ts';

const TAKEN_BACK = new Set(['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED']);

/** What the circuit breaker took back works again, and is not what was asked for; why, ECS tells for about an hour. */
export const rollouts: Check = {
  id: 'rollouts',
  title: 'The newest rollout of every service has stayed',
  group: 'its services',
  needs: ['stacks'],
  forMs: 40_000,
  async run(scene, say) {
    const session = await scene.open();
    const services = await scene.services();
    if (services.length === 0) return skipped('no service runs');
    const found = await fewAtATime(
      services,
      async ({ name, cluster, serviceName, targetGroupArn }): Promise<Finding[]> => {
        const [newest] = await session.aws.ecs.deployments(cluster, serviceName);
        if (!newest || !TAKEN_BACK.has(newest.status ?? '')) return [];
        say(`why the rollout of ${name} was taken back`);
        const since = newest.createdAt?.getTime();
        const diagnosis = await diagnoseService(session, {
          name,
          cluster,
          serviceName,
          ...(targetGroupArn ? { targetGroupArn } : {}),
          ...(since === undefined ? {} : { since }),
        });
        const why = newest.statusReason ?? 'ECS gives no reason';
        return fromDiagnosis(
          diagnosis,
          'warning',
          sick({
            severity: 'warning',
            subject: `services.${name}`,
            detail: `its newest rollout was taken back: ${why}`,
            evidence: [evidenceOf('ecs:DescribeServiceDeployments', 'serviceDeployments[0].status', newest.status)],
            remedy: `platform logs ${name} --stopped ${environmentFlags(session.environment)}`,
            failure: 'F-52',
          }),
        );
      },
    );
    const ill = found.flat();
    return ill.length > 0 ? ill : ok(`${services.length} services`);
  },
};
