import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Cause, Evidence } from '../cause.ts';
import { look } from '../look.ts';
import type { Scene } from '../scene.ts';
import { evidenceOf } from '../shown-evidence.ts';
import type { DiagnosisPowers, SickService } from '../sick-service.ts';

/** Of a rollout that nobody has dated. */
const BEFORE_MS = 3_600_000;
const MOST = 3;

/** The alarms that took a rollout back, with what they saw; only of a service that has some. */
export async function rungAlarms(
  session: DiagnosisPowers,
  scene: Scene,
  { name, cluster, serviceName, since }: SickService,
): Promise<Cause[]> {
  const configured = scene.service?.deploymentConfiguration?.alarms;
  // A service whose first creation was taken back is gone, and so is what was configured.
  if (scene.service && !configured?.enable) return [];
  const asked = scene.seen(
    await look(session, { what: `the rollouts of ${name}`, call: 'ecs:DescribeServiceDeployments' }, () =>
      session.aws.ecs.deployments(cluster, serviceName),
    ),
  );
  const from = since ?? session.clock.now() - BEFORE_MS;
  const index = (asked ?? []).findIndex(
    ({ alarms, createdAt }) => alarms?.status === 'TRIGGERED' && (createdAt?.getTime() ?? 0) >= from,
  );
  const triggered = asked?.[index]?.alarms?.triggeredAlarmNames ?? [];
  if (triggered.length === 0) return [];
  const rung = await Promise.all(
    triggered.slice(0, MOST).map(async (alarm): Promise<Evidence[]> => {
      const call = 'cloudwatch:DescribeAlarmHistory';
      const ring = scene.seen(
        await look(session, { what: `the history of alarm ${alarm}`, call }, () =>
          session.aws.alarms.lastRing(alarm, new Date(from)),
        ),
      );
      return ring ? [evidenceOf(call, `${alarm} newState.stateReason`, ring.reason)] : [];
    }),
  );
  const flags = environmentFlags(session.environment);
  return [
    {
      id: 'F-107',
      subject: `services.${name}`,
      what: `its new tasks started and did worse than they may: ${triggered.join(', ')} rang, and ECS went back`,
      remedy: `platform logs ${name} ${flags} shows what they wrote; mend it, then platform deploy ${flags}`,
      recurs: 'maybe',
      certainty: 'certain',
      evidence: [
        evidenceOf(
          'ecs:DescribeServiceDeployments',
          `serviceDeployments[${index}].alarms.triggeredAlarmNames`,
          triggered,
        ),
        ...rung.flat(),
      ],
    },
  ];
}
