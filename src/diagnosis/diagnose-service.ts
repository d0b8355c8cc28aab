import type { Service, Task } from '@aws-sdk/client-ecs';
import type { Cause, Diagnosis, Evidence } from './cause.ts';
import { placeOf } from './collect/network-path.ts';
import { rolloutTasks } from './collect/rollout-tasks.ts';
import { rungAlarms } from './collect/rung-alarms.ts';
import { targetHealth } from './collect/target-health.ts';
import { diagnoseEnd } from './diagnose-end.ts';
import { diagnoseTargets } from './diagnose-targets.ts';
import { endOf, type OneOff, patientOf, type TaskEnd } from './judge/patient.ts';
import { refusedStarts } from './judge/start-refusal.ts';
import { look, seen, unseenOf } from './look.ts';
import { ordered, Scene } from './scene.ts';
import { evidenceOf } from './shown-evidence.ts';
import type { DiagnosisPowers, SickService } from './sick-service.ts';

/** Kinds of ends that are looked into: more are seldom, and each costs calls. */
const KINDS = 2;

/**
 * Why a rollout of a service does not come to be: its tasks that ended, those that ECS did not start, and those that run
 * and are not healthy. About fifteen calls, most of them side by side; every look ends by itself within seconds.
 *
 * May be asked while the rollout is under way, as often as one likes: then with `deployment`, the id that
 * UpdateService or CloudFormation's newest PRIMARY deployment shows, so that tasks which scaling or the end of an older
 * rollout stops are never blamed. Nothing of it is kept between two calls. Expired credentials are thrown, what may not
 * be seen is told in `unseen`. No cause: nothing has failed yet, or nothing that is known explains it.
 */
export async function diagnoseService(session: DiagnosisPowers, target: SickService): Promise<Diagnosis> {
  const { again, targetGroupArn, name } = target;
  const [tasks, given] = await Promise.all([
    rolloutTasks(session, target),
    targetGroupArn === undefined ? undefined : targetHealth(session, targetGroupArn),
  ]);
  const [own, ...others] = groupsOf(seen(tasks.service));
  const group = given ?? (own === undefined ? undefined : await targetHealth(session, own));
  // New tasks may be in the group that no requests go to yet.
  const alternates = await Promise.all(
    [own, ...others].flatMap((arn) => (arn && arn !== group?.arn ? [targetHealth(session, arn)] : [])),
  );
  const { rollout } = tasks;
  const patient = { ...patientOf(session.environment, name), ...(again === undefined ? {} : { again }) };
  const probe = new Scene({ powers: session, patient, place: undefined });
  const service = probe.seen(tasks.service);
  const ended = probe.seen(tasks.ended) ?? [];
  const running = probe.seen(tasks.running) ?? [];
  const [newest] = [...ended, ...running];
  const scene = new Scene({
    powers: session,
    patient,
    service,
    place: newest ? placeOf(newest, networkOf(service)) : placeOf({}, networkOf(service)),
    ranBefore: service && ranBefore(service, { rollout, running, newest }),
  });
  const ends = kindsOf(ended).slice(0, KINDS);
  // What ECS says of its tasks in events, it says of the tasks themselves too, as long as they can be seen.
  const refused = refusedStarts(service, { rollout, since: target.since }).filter(
    ({ reason }) => !ends.some((end) => kind(reason).includes(kind(end.reason))),
  );
  const judged = await Promise.all([
    ...[...ends, ...refused.slice(0, KINDS)].map((end) => diagnoseEnd(scene, end)),
    group ? diagnoseTargets(scene, { group, ended, running }) : [],
    ...alternates.map((alternate) => diagnoseTargets(scene, { group: alternate, ended: [], running })),
    rungAlarms(session, scene, target),
  ]);
  return ordered(judged.flat(), [...probe.unseen(), ...scene.unseen()]);
}

export interface SickTask extends OneOff {
  /** As platform.yaml calls what it is of. */
  name: string;
  cluster: string;
  groups: readonly string[];
  publicIp: boolean;
}

/** Why one task ended that runs once: a command, a migration. */
export async function diagnoseTask(session: DiagnosisPowers, sick: SickTask): Promise<Diagnosis> {
  const { name, cluster, task: id, groups, publicIp } = sick;
  const patient = patientOf(session.environment, name, sick);
  const asked = await look(session, { what: `task ${id}`, call: 'ecs:DescribeTasks' }, async () => {
    const [found] = await session.aws.ecs.describeTasks(cluster, [id]);
    return found;
  });
  const task = seen(asked);
  if (!task) return { causes: [], unseen: unseenOf([asked]) };
  const place = placeOf(task, {
    subnets: [],
    securityGroups: [...groups],
    assignPublicIp: publicIp ? 'ENABLED' : 'DISABLED',
  });
  const scene = new Scene({ powers: session, patient, place });
  const causes: Cause[] = await diagnoseEnd(scene, endOf(task, { index: 0, count: 1 }));
  return ordered(causes, scene.unseen());
}

/** Ends of the same kind together, the most frequent first. */
function kindsOf(ended: readonly Task[]): TaskEnd[] {
  const kinds = Map.groupBy(
    ended.map((task, index) => ({ task, index })),
    ({ task }) => kind([task.stoppedReason, ...(task.containers ?? []).map(({ exitCode }) => exitCode)].join(' ')),
  );
  return [...kinds.values()]
    .map((all) => endOf(all[0]!.task, { index: all[0]!.index, count: all.length }))
    .toSorted((a, b) => b.count - a.count);
}

/** A text without what differs from task to task: ids, addresses, numbers of requests. */
const kind = (text: string): string =>
  text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}|\d+\.\d+\.\d+\.\d+(:\d+)?/g, '…');

/** Other rollouts of the same task definition are or were there: its image has been pulled before. */
function ranBefore(
  { deployments = [] }: Service,
  { rollout, running, newest }: { rollout: string | undefined; running: readonly Task[]; newest: Task | undefined },
): Evidence | undefined {
  const definition = newest?.taskDefinitionArn;
  const index = deployments.findIndex(
    ({ id, taskDefinition, runningCount = 0 }) => id !== rollout && taskDefinition === definition && runningCount > 0,
  );
  if (index >= 0)
    return evidenceOf('ecs:DescribeServices', `services[0].deployments[${index}].taskDefinition`, definition);
  const older = running.find(({ taskDefinitionArn }) => taskDefinitionArn === definition);
  return older && evidenceOf('ecs:DescribeTasks', 'tasks[].taskDefinitionArn', definition);
}

/** Target groups of a service: of two that take turns both. */
const groupsOf = (service: Service | undefined): string[] =>
  (service?.loadBalancers ?? []).flatMap(({ targetGroupArn, advancedConfiguration }) => [
    ...(targetGroupArn ? [targetGroupArn] : []),
    ...(advancedConfiguration?.alternateTargetGroupArn ? [advancedConfiguration.alternateTargetGroupArn] : []),
  ]);

const networkOf = (service: Service | undefined) => service?.networkConfiguration?.awsvpcConfiguration;
