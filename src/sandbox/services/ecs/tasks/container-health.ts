import type { Scope } from '../../../kernel/scope.ts';
import type { TimerHandler } from '../../../kernel/service-definition.ts';
import { behaviourOf } from '../runtime/behaviours.ts';
import { said } from '../scheduler/said.ts';
import { taskFailed } from '../scheduler/task-failed.ts';
import { wake } from '../scheduler/wake.ts';
import { realContainers, type TaskRow, taskDefinitions, tasks } from '../state.ts';
import { stopTask } from './end-task.ts';
import { change } from './step.ts';

/** A healthy container is looked at again when this much time has passed for other reasons. */
const QUIET_MS = 5 * 60_000;

/**
 * The first verdict of a container's health check: healthy at its first success, unhealthy after `retries` failures
 * past the start period. Only services replace unhealthy tasks.
 */
export const containerHealth: TimerHandler = async (
  { key, name, failures = 0 }: { key: string; name: string; failures?: number },
  scope,
) => {
  const row = tasks.in(scope).get(key);
  const container = row?.task.containers.find((candidate) => candidate.name === name);
  if (!row || !container || row.task.lastStatus !== 'RUNNING' || row.task.desiredStatus !== 'RUNNING') return;
  const { containerDefinitions = [] } = taskDefinitions.in(scope).get(row.definition)?.definition ?? {};
  const check = containerDefinitions.find((candidate) => candidate.name === name)?.healthCheck;
  if (!check) return;

  const intervalMs = 1000 * (check.interval ?? 30);
  const health = saidHealth(scope, row, { name, image: container.image!, digest: container.imageDigest });
  const again = (count: number, background: boolean) =>
    scope.world.schedule(scope, {
      afterMs: background ? Math.max(intervalMs, QUIET_MS) : intervalMs,
      kind: 'ecs.container-health',
      payload: { key, name, failures: count },
      background,
    });
  const sinceMs = scope.world.clock.now() - (row.runningSince ?? 0);
  const counted = health === 'UNHEALTHY' && sinceMs >= 1000 * (check.startPeriod ?? 0) ? failures + 1 : 0;
  if (health === 'UNHEALTHY' && counted < (check.retries ?? 3)) {
    again(counted, false);
    return;
  }
  if (container.healthStatus !== health) {
    change(scope, key, ({ task }) => {
      task.containers.find((candidate) => candidate.name === name)!.healthStatus = health;
      const statuses = task.containers.map(({ healthStatus }) => healthStatus).filter((status) => status !== undefined);
      const worst = (['UNHEALTHY', 'UNKNOWN'] as const).find((status) => statuses.includes(status));
      task.healthStatus = worst ?? 'HEALTHY';
    });
    if (row.service) wake(scope, `${row.cluster}/${row.service.name}`);
  }
  if (health === 'HEALTHY') {
    again(0, true);
    return;
  }
  if (!row.service) return;
  said(scope, row, `(task ${row.taskId}) failed container health checks.`);
  taskFailed(scope, row);
  await stopTask(scope, key, { code: 'ServiceSchedulerInitiated', reason: 'Task failed container health checks' });
};

/** What the check of a container says now. One that really runs and has not said anything yet has not passed. */
function saidHealth(
  scope: Scope,
  { isReal, cluster, taskId, definition }: TaskRow,
  container: { name: string; image: string; digest: string | undefined },
): 'HEALTHY' | 'UNHEALTHY' {
  if (isReal) return realContainers.in(scope).get(`${cluster}/${taskId}/${container.name}`)?.health ?? 'UNHEALTHY';
  return behaviourOf(scope, { definition, ...container }).health ?? 'HEALTHY';
}
