import { diagnoseService } from '../../../diagnosis/diagnose-service.ts';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
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
        const stopped = await session.aws.ecs.tasks(cluster, { service: serviceName, desiredStatus: 'STOPPED' });
        const flags = environmentFlags(session.environment);
        const taken = `its newest rollout was taken back: ${why}`;
        const status = evidenceOf('ecs:DescribeServiceDeployments', 'serviceDeployments[0].status', newest.status);
        const common = { severity: 'warning', subject: `services.${name}` } as const;
        return fromDiagnosis(
          diagnosis,
          'warning',
          stopped.length > 0
            ? sick({
                ...common,
                detail: taken,
                evidence: [status],
                remedy: `platform logs ${name} --stopped ${flags}`,
                failure: 'F-52',
              })
            : sick({
                ...common,
                detail: `${taken}. Its tasks are forgotten: ECS keeps what it knows of them for about an hour`,
                evidence: [status, evidenceOf('ecs:ListTasks', 'taskArns (STOPPED)', 'none')],
                remedy: `platform redeploy ${name} ${flags} tries again, and keeps what its tasks say`,
                failure: 'F-150',
              }),
        );
      },
    );
    const ill = found.flat();
    return ill.length > 0 ? ill : ok(counted(services.length, 'service'));
  },
};
