import type { Scope } from '../../../kernel/scope.ts';
import { tasksOfService } from '../lookups.ts';
import { type DeploymentRow, services } from '../state.ts';
import { keyOfTask, primaryOf } from './current.ts';
import { bakeMs, listens } from './deployment-alarms.ts';
import { completeDeployment } from './end-deployment.ts';
import { say } from './said.ts';

/** Ends the rollout when as many healthy tasks run as are wished and nothing older is left. */
export function conclude(scope: Scope, key: string, healthy: ReadonlySet<string>): void {
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
  if (lingering || current.length !== service.desiredCount || !current.every((row) => healthy.has(keyOfTask(row))))
    return;
  if (primary.rolloutState === 'IN_PROGRESS') {
    // A shift has baked before the older tasks went.
    if (!primary.shift && listens(scope, service, primary) && !hasBaked(scope, key, primary)) return;
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
