import type { Scope } from '../../../kernel/scope.ts';
import { type ServiceRow, services, type TaskRow } from '../state.ts';
import { stopTask } from '../tasks/end-task.ts';
import { breakerRollsBack, breakerTrips } from './circuit-breaker.ts';
import { conclude } from './conclude.ts';
import { keyOfTask, liveTasks, primaryOf } from './current.ts';
import { alarmsRollBack, listens, ringing } from './deployment-alarms.ts';
import { failDeployment } from './end-deployment.ts';
import { judgeHealth } from './judge-health.ts';
import { say } from './said.ts';
import { canGoBack, shiftTraffic } from './shift-traffic.ts';
import { startMissing } from './start-missing.ts';

/** One look at an ACTIVE service: judge what runs, stop what is too much, start what is missing, say when all is well. */
export async function reconcile(scope: Scope, key: string): Promise<void> {
  const healthy = await judgeHealth(scope, services.in(scope).get(key)!, liveTasks(scope, key));
  const judged = services.in(scope).get(key)!;
  const primary = primaryOf(judged);
  if (canGoBack(primary) && breakerTrips(judged, primary)) {
    failDeployment(scope, key, primary, {
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
      event: 'tasks failed to start.',
      rollback: breakerRollsBack(judged),
      rollbackReason: (id) => `ECS deployment circuit breaker: rolling back to deploymentId ${id}.`,
      triggered: true,
    });
    return;
  }
  const rung = canGoBack(primary) && listens(scope, judged, primary) ? ringing(scope, judged) : [];
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
  if (primary.shift && primary.rolloutState === 'IN_PROGRESS') {
    await shiftTraffic(scope, key, healthy);
    return;
  }
  const room = percentages(service);
  await stopSurplus(scope, key, service, { healthy, ...room });
  startMissing(scope, key, service, room);
  conclude(scope, key, healthy);
}

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
    await stopTask(scope, keyOfTask(row), { code: 'ServiceSchedulerInitiated', reason });
  }
  const running = [...stopped].filter(({ task }) => task.lastStatus === 'RUNNING');
  const named = running.map(({ taskId }) => `(task ${taskId})`).join(' ');
  if (running.length > 0) say(scope, key, `has stopped ${running.length} running tasks: ${named}.`);
  if (stopped.size > running.length) say(scope, key, `stopped ${stopped.size - running.length} pending tasks.`);

  function replaceable(candidates: TaskRow[]): TaskRow[] {
    const sound = live.filter((row) => healthy.has(keyOfTask(row))).length;
    const soundNow = current.filter((row) => healthy.has(keyOfTask(row))).length;
    const missing = Math.max(0, service.desiredCount - current.length);
    // Old tasks make way for healthy new ones, and, where the maximum leaves no room to start any, before them.
    const lacking = Math.max(0, missing - Math.max(0, most - live.length));
    const owed = Math.max(0, candidates.length - Math.max(0, service.desiredCount - soundNow)) + lacking;
    let spare = Math.max(0, sound - least);
    return candidates.slice(0, owed).filter((row) => {
      if (!healthy.has(keyOfTask(row))) return true;
      spare -= 1;
      return spare >= 0;
    });
  }
}

/** What is not running or not healthy goes first, then the youngest. */
const rank = (row: TaskRow, healthy: ReadonlySet<string>): number =>
  (healthy.has(keyOfTask(row)) ? 1e15 : row.task.lastStatus === 'RUNNING' ? 5e14 : 0) - (row.runningSince ?? 0);
