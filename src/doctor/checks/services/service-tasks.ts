import type { Evidence } from '../../../diagnosis/cause.ts';
import { endedBadly } from '../../../diagnosis/collect/rollout-tasks.ts';
import { diagnoseService } from '../../../diagnosis/diagnose-service.ts';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { fewAtATime } from '../../../domain/few-at-a-time.ts';
import type { DeployedService } from '../../../operations/services/deployed-services.ts';
import { pairOf, servingGroups } from '../../../operations/traffic/read-traffic.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import { fromDiagnosis } from '../../from-diagnosis.ts';
import type { Scene } from '../../scene.ts';

/**
 * As many tasks as are wanted, and healthy targets for those that are asked. Only what is not so is looked into: from
 * the stopped tasks and the load balancer back to secrets, images, roles and the network.
 */
export const serviceTasks: Check = {
  id: 'service-tasks',
  title: 'Every service runs the tasks that it should, and they are healthy',
  group: 'its services',
  needs: ['stacks'],
  forMs: 40_000,
  async run(scene, say) {
    const services = await scene.services();
    if (services.length === 0) return skipped('no service runs');
    const { paused } = (await scene.state()).state;
    const found = await fewAtATime(services, (one) => taskFindings(scene, one, { paused: one.name in paused, say }));
    const ill = found.flat();
    if (ill.length > 0) return ill;
    const count = services.reduce((sum, { service }) => sum + (service.runningCount ?? 0), 0);
    const asleep = services.filter(({ name }) => name in paused).map(({ name }) => name);
    const resting = asleep.length > 0 ? `; paused: ${asleep.join(', ')}` : '';
    return ok(`${counted(count, 'task')} of ${counted(services.length, 'service')}${resting}`);
  },
};

async function taskFindings(
  scene: Scene,
  place: DeployedService,
  { paused, say }: { paused: boolean; say: (what: string) => void },
): Promise<Finding[]> {
  const session = await scene.open();
  const { name, cluster, serviceName, service, targetGroupArn } = place;
  const deployment = service.deployments?.find(({ status }) => status === 'PRIMARY')?.id;
  const [health, stopped] = await Promise.all([targetsOf(session, place), scene.stoppedTasks(cluster)]);
  const targets = health.map(({ TargetHealth }) => TargetHealth?.State);
  const ended = stopped.filter(
    (task) => task.startedBy === deployment && isOf(task, serviceName) && endedBadly(task),
  ).length;
  const symptom = symptomOf(place, targets) ?? flapping(targets, ended);
  if (!symptom) return [];
  say(`what keeps ${name} from running`);
  const diagnosis = await diagnoseService(session, {
    name,
    cluster,
    serviceName,
    ...(targetGroupArn ? { targetGroupArn } : {}),
    ...(deployment ? { deployment } : {}),
  });
  // A rollout that is under way, and that nothing speaks against, is no illness; nor is a pause.
  if (diagnosis.causes.length === 0 && (symptom.underWay || paused)) return [];
  const severity = symptom.severity ?? 'error';
  return fromDiagnosis(
    diagnosis,
    severity,
    sick({
      severity,
      subject: `services.${name}`,
      detail: symptom.text,
      evidence: [symptom.evidence],
      remedy: `platform logs ${name} --stopped ${environmentFlags(session.environment)}`,
    }),
  );
}

/** Of two target groups that take turns only those that requests go to: the other one is empty as a rule. */
async function targetsOf({ aws }: Awaited<ReturnType<Scene['open']>>, { service, targetGroupArn }: DeployedService) {
  const pair = pairOf(service.loadBalancers);
  const groups = pair ? await servingGroups(aws, pair) : targetGroupArn === undefined ? [] : [targetGroupArn];
  return (await Promise.all(groups.map((arn) => aws.elb.targetHealth(arn)))).flat();
}

const isOf = ({ group }: { group?: string | undefined }, serviceName: string): boolean =>
  group === `service:${serviceName}`;

interface Symptom {
  text: string;
  evidence: Evidence;
  underWay: boolean;
  severity?: 'warning';
}

/** At any one moment the right number may run, and each of them ends soon: ECS keeps stopped tasks for an hour. */
function flapping(targets: readonly (string | undefined)[], ended: number): Symptom | undefined {
  const starting = targets.length > 0 && targets.every((state) => state !== 'healthy');
  if (ended === 0 || (!starting && ended < 2)) return undefined;
  const tasks = `${ended} ${ended === 1 ? 'task has' : 'tasks have'} ended by themselves or were taken away for their health`;
  return {
    text: starting ? `${tasks}, and none that runs is healthy yet` : `${tasks}, of this rollout and within an hour`,
    evidence: evidenceOf('ecs:ListTasks', 'taskArns[desiredStatus=STOPPED] of the newest rollout', ended),
    underWay: false,
    ...(starting ? {} : { severity: 'warning' as const }),
  };
}

/** Undefined for what is as it should be. */
function symptomOf({ service }: DeployedService, targets: readonly (string | undefined)[]): Symptom | undefined {
  const { desiredCount = 0, runningCount = 0, deployments = [] } = service;
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const underWay = primary?.rolloutState === 'IN_PROGRESS';
  const read = (field: string, value: unknown) => evidenceOf('ecs:DescribeServices', `services[0].${field}`, value);
  if (runningCount < desiredCount)
    return {
      text: `${runningCount} of ${desiredCount} tasks run`,
      evidence: read('runningCount', runningCount),
      underWay,
    };
  if (primary?.rolloutState === 'FAILED' || (underWay && (primary?.failedTasks ?? 0) > 0))
    return {
      text: `its rollout is ${primary!.rolloutState}, and ${primary!.failedTasks ?? 0} tasks have failed`,
      evidence: read('deployments[0].rolloutState', primary!.rolloutState),
      underWay: false,
    };
  const ill = targets.findIndex((state) => state === 'unhealthy' || state === 'unused');
  if (ill === -1) return undefined;
  return {
    text: `the load balancer calls a target ${targets[ill]}`,
    evidence: evidenceOf(
      'elasticloadbalancing:DescribeTargetHealth',
      `TargetHealthDescriptions[${ill}].TargetHealth.State`,
      targets[ill],
    ),
    underWay: false,
  };
}
