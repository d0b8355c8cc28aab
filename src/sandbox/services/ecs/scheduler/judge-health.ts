import type { Scope } from '../../../kernel/scope.ts';
import { type ServiceRow, services, type TaskRow, tasks } from '../state.ts';
import { targetHealthOf } from '../target-groups.ts';
import { stopTask } from '../tasks/end-task.ts';
import { resetsOnHealthyTask } from './circuit-breaker.ts';
import { say } from './said.ts';
import { countFailure } from './task-failed.ts';

/** A task without any health signal counts as healthy when it has run for so long. */
const TAKEN_FOR_HEALTHY_MS = 15_000;

/** Which running tasks of a service are healthy, by key. Those that a load balancer calls unhealthy are ended. */
export async function judgeHealth(scope: Scope, service: ServiceRow, live: readonly TaskRow[]): Promise<Set<string>> {
  const healthy = new Set<string>();
  for (const row of live) {
    if (row.task.lastStatus !== 'RUNNING') continue;
    const key = `${row.cluster}/${row.taskId}`;
    const verdict = await verdictOf(scope, service, row);
    if (verdict === 'healthy') {
      healthy.add(key);
      if (!row.proven) prove(scope, service, key, row);
    } else if (verdict !== 'waiting') await replaceUnhealthy(scope, service, key, { row, ...verdict });
  }
  return healthy;
}

type Verdict = 'healthy' | 'waiting' | { targetGroupArn: string; port: number; why: string };

async function verdictOf(scope: Scope, service: ServiceRow, row: TaskRow): Promise<Verdict> {
  const ranMs = scope.world.clock.now() - (row.runningSince ?? 0);
  const graceMs = 1000 * (service.settings.healthCheckGracePeriodSeconds ?? 0);
  let waiting = row.task.containers.some(
    ({ healthStatus }) => healthStatus !== undefined && healthStatus !== 'HEALTHY',
  );
  const checked = row.targets.length > 0 || row.task.containers.some(({ healthStatus }) => healthStatus !== undefined);
  for (const { targetGroupArn, port } of row.targets) {
    const health = await targetHealthOf(scope, { targetGroupArn, address: row.address!, port });
    if (health?.State === 'unhealthy' && ranMs > graceMs)
      return { targetGroupArn, port, why: health.Description ?? 'Health checks failed' };
    // A group that is gone says nothing about its targets any more.
    if (health && health.State !== 'healthy') waiting = true;
  }
  if (!checked) return ranMs >= TAKEN_FOR_HEALTHY_MS ? 'healthy' : 'waiting';
  return waiting ? 'waiting' : 'healthy';
}

function prove(scope: Scope, service: ServiceRow, key: string, row: TaskRow): void {
  tasks.in(scope).update(key, (draft) => {
    draft.proven = true;
  });
  services.in(scope).update(`${service.cluster}/${service.serviceName}`, (draft) => {
    const deployment = draft.deployments.find(({ id }) => id === row.service!.deploymentId);
    if (!deployment) return;
    deployment.streak = 0;
    deployment.notBefore = 0;
    if (resetsOnHealthyTask(draft) && deployment.rolloutState === 'IN_PROGRESS') deployment.failedTasks = 0;
  });
}

async function replaceUnhealthy(
  scope: Scope,
  service: ServiceRow,
  key: string,
  { row, targetGroupArn, port, why }: { row: TaskRow; targetGroupArn: string; port: number; why: string },
): Promise<void> {
  const serviceKey = `${service.cluster}/${service.serviceName}`;
  say(
    scope,
    serviceKey,
    `(task ${row.taskId}) (port ${port}) is unhealthy in (target-group ${targetGroupArn}) due to (reason ${why}).`,
  );
  // Failing its checks counts even for a task that had passed them: its deployment is not over.
  countFailure(scope, serviceKey, row.service!.deploymentId, { throttled: false });
  await stopTask(scope, key, {
    code: 'ServiceSchedulerInitiated',
    reason: `Task failed ELB health checks in (target-group ${targetGroupArn})`,
  });
  say(scope, serviceKey, `has stopped 1 running tasks: (task ${row.taskId}).`);
  services.in(scope).update(serviceKey, (draft) => {
    draft.unhealthy = (draft.unhealthy ?? 0) + 1;
  });
}
