import type { Scope } from '../../../kernel/scope.ts';
import { tasksOfService } from '../lookups.ts';
import { type DeploymentRow, type ServiceRow, services, type TaskRow } from '../state.ts';
import { stopTask } from '../tasks/end-task.ts';
import { breakerRollsBack, breakerTrips } from './circuit-breaker.ts';
import { alarmsRollBack, bakeMs, listens, ringing } from './deployment-alarms.ts';
import { completeDeployment, failDeployment } from './end-deployment.ts';
import { judgeHealth } from './judge-health.ts';
import { launchServiceTasks } from './launch-service-tasks.ts';
import { say } from './said.ts';

/** One look at an ACTIVE service: judge what runs, stop what is too much, start what is missing, say when all is well. */
export async function reconcile(scope: Scope, key: string): Promise<void> {
  const healthy = await judgeHealth(scope, services.in(scope).get(key)!, liveTasks(scope, key));
  const judged = services.in(scope).get(key)!;
  const primary = primaryOf(judged);
  if (breakerTrips(judged, primary)) {
    failDeployment(scope, key, primary, {
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
      event: 'tasks failed to start.',
      rollback: breakerRollsBack(judged),
      rollbackReason: (id) => `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
      triggered: true,
    });
    return;
  }
  const rung = listens(scope, judged, primary) ? ringing(scope, judged) : [];
  if (rung.length > 0) {
    failDeployment(scope, key, primary, {
      reason: `ECS deployment alarms: ${rung.join(', ')} in ALARM.`,
      event: 'an alarm was detected.',
      rollback: alarmsRollBack(judged),
      rollbackReason: (id) => `ECS deployment alarms: rolling back to deploymentId ${id}.`,
      triggered: false,
      alarms: rung,
    });
    return;
  }
  const service = services.in(scope).get(key)!;
  const room = percentages(service);
  await stopSurplus(scope, key, service, { healthy, ...room });
  startMissing(scope, key, service, room);
  conclude(scope, key, healthy);
}

export const primaryOf = ({ deployments }: ServiceRow): DeploymentRow =>
  deployments.find(({ status }) => status === 'PRIMARY')!;

const liveTasks = (scope: Scope, key: string): TaskRow[] => {
  const { cluster, serviceName } = services.in(scope).get(key)!;
  return tasksOfService(scope, cluster, serviceName).filter(({ wanted }) => wanted === 'run');
};

const keyOf = ({ cluster, taskId }: TaskRow): string => `${cluster}/${taskId}`;

interface Room {
  /** So many tasks must stay healthy, so many may exist, while a deployment rolls out. */
  least: number;
  most: number;
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html: the least rounds up, the most down. */
function percentages({ desiredCount, settings }: ServiceRow): Room {
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = settings.deploymentConfiguration ?? {};
  return {
    least: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
    most: Math.floor((desiredCount * maximumPercent) / 100),
  };
}

/** Ends tasks beyond the desired count, and older deployments' tasks as far as enough healthy ones remain. */
async function stopSurplus(
  scope: Scope,
  key: string,
  service: ServiceRow,
  { healthy, least, most }: Room & { healthy: ReadonlySet<string> },
): Promise<void> {
  const primary = primaryOf(service);
  const live = liveTasks(scope, key);
  const current = live.filter((row) => row.service!.deploymentId === primary.id);
  const older = live.filter((row) => row.service!.deploymentId !== primary.id);
  const byHealth = (rows: TaskRow[]) => rows.toSorted((one, other) => rank(one, healthy) - rank(other, healthy));

  const surplus = byHealth(current).slice(0, Math.max(0, current.length - service.desiredCount));
  const failed = primary.rolloutState === 'FAILED';
  // A deployment that failed and is not rolled back leaves the older tasks alone, and starts no more of its own.
  const abandoned = failed ? current.filter(({ task }) => task.lastStatus !== 'RUNNING') : [];
  const stopped = new Set([...surplus, ...abandoned, ...(failed ? [] : replaceable(byHealth(older)))]);
  for (const row of stopped) {
    const reason = `Scaling activity initiated by (deployment ${primary.id})`;
    await stopTask(scope, keyOf(row), { code: 'ServiceSchedulerInitiated', reason });
  }
  const running = [...stopped].filter(({ task }) => task.lastStatus === 'RUNNING');
  const named = running.map(({ taskId }) => `(task ${taskId})`).join(' ');
  if (running.length > 0) say(scope, key, `has stopped ${running.length} running tasks: ${named}.`);
  if (stopped.size > running.length) say(scope, key, `stopped ${stopped.size - running.length} pending tasks.`);

  function replaceable(candidates: TaskRow[]): TaskRow[] {
    const sound = live.filter((row) => healthy.has(keyOf(row))).length;
    const soundNow = current.filter((row) => healthy.has(keyOf(row))).length;
    const missing = Math.max(0, service.desiredCount - current.length);
    // Old tasks make way for healthy new ones, and, where the maximum leaves no room to start any, before them.
    const lacking = Math.max(0, missing - Math.max(0, most - live.length));
    const owed = Math.max(0, candidates.length - Math.max(0, service.desiredCount - soundNow)) + lacking;
    let spare = Math.max(0, sound - least);
    return candidates.slice(0, owed).filter((row) => {
      if (!healthy.has(keyOf(row))) return true;
      spare -= 1;
      return spare >= 0;
    });
  }
}

/** What is not running or not healthy goes first, then the youngest. */
const rank = (row: TaskRow, healthy: ReadonlySet<string>): number =>
  (healthy.has(keyOf(row)) ? 1e15 : row.task.lastStatus === 'RUNNING' ? 5e14 : 0) - (row.runningSince ?? 0);

function startMissing(scope: Scope, key: string, service: ServiceRow, { most }: Room): void {
  const primary = primaryOf(service);
  if (primary.rolloutState === 'FAILED') return;
  const live = liveTasks(scope, key);
  const current = live.filter((row) => row.service!.deploymentId === primary.id).length;
  const missing = service.desiredCount - current;
  if (missing <= 0) return;
  if (service.steady) {
    services.in(scope).update(key, (draft) => {
      draft.steady = false;
    });
  }
  const count = Math.min(missing, most - live.length);
  if (count <= 0) {
    sayBlocked(scope, key, service);
    return;
  }
  if (primary.notBefore > scope.world.clock.now()) return;
  launchServiceTasks(scope, key, { deployment: primary, count });
}

/** F-62: neither may a task be stopped nor one be started. */
function sayBlocked(scope: Scope, key: string, service: ServiceRow): void {
  const { id, blockedSaid } = primaryOf(service);
  const ending = tasksOfService(scope, service.cluster, service.serviceName).some(
    ({ wanted, task }) => wanted === 'stop' && task.lastStatus !== 'STOPPED',
  );
  const starting = liveTasks(scope, key).some(({ task }) => task.lastStatus !== 'RUNNING');
  if (blockedSaid || ending || starting) return;
  services.in(scope).update(key, (draft) => {
    draft.deployments.find((deployment) => deployment.id === id)!.blockedSaid = true;
  });
  say(
    scope,
    key,
    'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update ' +
      'the minimumHealthyPercent or maximumPercent value and try again.',
  );
}

/** Ends the rollout when as many healthy tasks run as are wished and nothing older is left. */
function conclude(scope: Scope, key: string, healthy: ReadonlySet<string>): void {
  const service = services.in(scope).get(key)!;
  const primary = primaryOf(service);
  if (primary.rolloutState === 'FAILED' || service.steady) return;
  const all = tasksOfService(scope, service.cluster, service.serviceName);
  const current = all.filter(({ wanted, service: of }) => wanted === 'run' && of!.deploymentId === primary.id);
  const lingering = all.some(
    ({ wanted, service: of, task }) =>
      !['STOPPED', 'DEPROVISIONING'].includes(task.lastStatus) &&
      (wanted === 'stop' || of!.deploymentId !== primary.id),
  );
  if (lingering || current.length !== service.desiredCount || !current.every((row) => healthy.has(keyOf(row)))) return;
  if (primary.rolloutState === 'IN_PROGRESS') {
    if (listens(scope, service, primary) && !hasBaked(scope, key, primary)) return;
    completeDeployment(scope, key, primary);
  }
  services.in(scope).update(key, (draft) => {
    draft.steady = true;
  });
  say(scope, key, 'has reached a steady state.');
}

/** The bake time begins when the older tasks are gone. */
function hasBaked(scope: Scope, key: string, { id, doneSince }: DeploymentRow): boolean {
  const now = scope.world.clock.now();
  if (doneSince !== undefined) return now - doneSince >= bakeMs(scope, services.in(scope).get(key)!);
  services.in(scope).update(key, (draft) => {
    draft.deployments.find((deployment) => deployment.id === id)!.doneSince = now;
  });
  return false;
}
