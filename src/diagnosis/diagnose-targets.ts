import type { Task } from '@aws-sdk/client-ecs';
import type { Cause } from './cause.ts';
import { addressOf, balancerRules, type GroupOfTargets, nameOf } from './collect/target-health.ts';
import { logOf } from './diagnose-end.ts';
import { certain, endOf, judgedText } from './judge/patient.ts';
import { unhealthyEvents } from './judge/start-refusal.ts';
import { judgeUnhealthy, type Unhealthy } from './judge/unhealthy-target.ts';
import type { Scene } from './scene.ts';
import { evidenceOf } from './shown-evidence.ts';

interface Checked {
  group: GroupOfTargets;
  /** Of the rollout in question. */
  ended: readonly Task[];
  running: readonly Task[];
}

/** What the load balancer holds against the tasks of a rollout: those that run now, else those that ended for it. */
export async function diagnoseTargets(scene: Scene, { group, ended, running }: Checked): Promise<Cause[]> {
  const settings = scene.seen(group.group);
  const targets = scene.seen(group.targets) ?? [];
  const unused = notInUse(scene, group);
  if (unused) return [unused];
  const found = complaintNow(targets, running) ?? complaintBefore(scene, ended);
  if (!found) return [];
  const { task, reason, said } = found;
  const definition = await scene.definition(task?.taskDefinitionArn ?? scene.service?.taskDefinition);
  const port = portOf(scene, settings?.HealthCheckPort);
  const timedOut = /timed out|timeout/i.test(reason);
  const [balancer] = settings?.LoadBalancerArns ?? [];
  const tasks = scene.place?.groups ?? [];
  const [log, rules] = await Promise.all([
    task
      ? logOf(scene, endOf(task, { index: 0, count: 1 }), definition)
      : Promise.resolve({ state: 'absent' as const }),
    timedOut && balancer ? balancerRules(scene.powers, { loadBalancer: balancer, groups: tasks }) : undefined,
  ]);
  scene.seen(log);
  const doors = rules && doorsOf(scene, rules, tasks);
  return judgeUnhealthy(scene.patient, { reason, said, group: settings, port, log, doors });
}

function doorsOf(
  scene: Scene,
  { balancerGroups, rules }: Awaited<ReturnType<typeof balancerRules>>,
  tasks: readonly string[],
): Unhealthy['doors'] {
  const balancer = scene.seen(balancerGroups);
  const all = scene.seen(rules);
  return balancer && all && tasks.length > 0 ? { balancer, tasks, rules: all } : undefined;
}

interface Complaint {
  task: Task | undefined;
  reason: string;
  said: Unhealthy['said'];
}

/** A task of the rollout that runs, and whose target is unhealthy. */
function complaintNow(
  targets: readonly { Target?: { Id?: string }; TargetHealth?: { State?: string; Description?: string } }[],
  running: readonly Task[],
): Complaint | undefined {
  for (const [index, { Target, TargetHealth }] of targets.entries()) {
    const task = running.find((one) => addressOf(one) === Target?.Id);
    const { State, Description = '' } = TargetHealth ?? {};
    if (!task || State !== 'unhealthy') continue;
    const read = `TargetHealthDescriptions[${index}].TargetHealth.Description`;
    return {
      task,
      reason: judgedText(Description),
      said: evidenceOf('elasticloadbalancing:DescribeTargetHealth', read, Description),
    };
  }
  return undefined;
}

/** A task of the rollout that ECS ended for its target's health: the events keep what the load balancer said. */
function complaintBefore({ service }: Scene, ended: readonly Task[]): Complaint | undefined {
  const killed = ended.filter(({ stoppedReason = '' }) => /failed ELB health checks/.test(stoppedReason));
  for (const { task: id, at, reason, said } of unhealthyEvents(service?.events ?? [])) {
    // Some events name no task: then it is one that was there already.
    const task = killed.find(({ taskArn, createdAt }) =>
      id === undefined ? (createdAt?.getTime() ?? 0) <= at : taskArn?.endsWith(`/${id}`),
    );
    if (task) return { task, reason, said };
  }
  return undefined;
}

/** F-67: the load balancer sends nothing to the group, so it never checks its targets. */
function notInUse(scene: Scene, { arn, group }: GroupOfTargets): Cause | undefined {
  if (group.state !== 'found' || (group.value.LoadBalancerArns ?? []).length > 0) return undefined;
  const { patient } = scene;
  return certain(
    patient,
    {
      id: 'F-67',
      what: `no listener leads to its target group ${nameOf(arn)}, so none of its tasks is ever called healthy`,
      remedy: `platform recover service-${patient.name} ${patient.flags}, which makes the rule of its listener again`,
      recurs: 'always',
    },
    [evidenceOf('elasticloadbalancing:DescribeTargetGroups', 'TargetGroups[0].LoadBalancerArns', [])],
  );
}

/** The health check's own, or the one that traffic goes to. */
function portOf({ service }: Scene, checked: string | undefined): number | undefined {
  if (checked !== undefined && /^\d+$/.test(checked)) return Number(checked);
  return service?.loadBalancers?.find(({ containerPort }) => containerPort !== undefined)?.containerPort;
}
