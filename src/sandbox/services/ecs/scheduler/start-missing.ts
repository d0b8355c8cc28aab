import type { Scope } from '../../../kernel/scope.ts';
import { tasksOfService } from '../lookups.ts';
import { type ServiceRow, services } from '../state.ts';
import { liveTasks, primaryOf } from './current.ts';
import { launchServiceTasks } from './launch-service-tasks.ts';
import { say } from './said.ts';

/** Starts what the PRIMARY deployment lacks, as far as there may be more tasks. */
export function startMissing(scope: Scope, key: string, service: ServiceRow, { most }: { most: number }): void {
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
