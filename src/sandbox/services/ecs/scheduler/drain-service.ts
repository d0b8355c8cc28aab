import type { Scope } from '../../../kernel/scope.ts';
import type { TimerHandler } from '../../../kernel/service-definition.ts';
import { tasksOfService } from '../lookups.ts';
import { services } from '../state.ts';
import { stopTask } from '../tasks/end-task.ts';
import { say } from './said.ts';

/** AWS does not say how long a deleted service can still be described; stopped tasks are kept as long. */
const INACTIVE_KEPT_MS = 60 * 60_000;

/** A deleted service ends its tasks; when the last is gone it is INACTIVE. */
export async function drainService(scope: Scope, key: string): Promise<void> {
  const service = services.in(scope).get(key)!;
  const left = tasksOfService(scope, service.cluster, service.serviceName).filter(
    ({ task }) => task.lastStatus !== 'STOPPED',
  );
  const live = left.filter(({ wanted }) => wanted === 'run');
  const deployment = service.deployments.find(({ status }) => status === 'PRIMARY');
  for (const row of live) {
    await stopTask(scope, `${row.cluster}/${row.taskId}`, {
      code: 'ServiceSchedulerInitiated',
      reason: `Scaling activity initiated by (deployment ${deployment?.id})`,
    });
  }
  if (live.length > 0)
    say(
      scope,
      key,
      `has stopped ${live.length} running tasks: ${live.map(({ taskId }) => `(task ${taskId})`).join(' ')}.`,
    );
  if (left.length > 0) return;
  services.in(scope).update(key, (draft) => {
    draft.status = 'INACTIVE';
    draft.deployments = [];
  });
  scope.world.schedule(scope, {
    afterMs: INACTIVE_KEPT_MS,
    kind: 'ecs.forget-service',
    payload: { key },
    background: true,
  });
}

export const forgetService: TimerHandler = ({ key }: { key: string }, scope) => {
  if (services.in(scope).get(key)?.status === 'INACTIVE') services.in(scope).delete(key);
};
