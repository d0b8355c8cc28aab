import type { Scope } from '../../../kernel/scope.ts';
import { type DeploymentRow, serviceDeployments, services } from '../state.ts';
import { shareOut } from './production-rule.ts';
import { say } from './said.ts';
import { serviceDeploymentChanged } from './service-deployment.ts';
import { wake } from './wake.ts';

/** A rollback is seen as one before it is over, even when its tasks never stopped running. */
const SETTLE_MS = 10_000;

/** The PRIMARY deployment has what it wanted, and nothing older runs. */
export function completeDeployment(
  scope: Scope,
  key: string,
  { id, revision, serviceDeploymentArn }: DeploymentRow,
): void {
  services.in(scope).update(key, (draft) => {
    draft.deployments = draft.deployments.filter(({ status }) => status === 'PRIMARY');
    const [primary] = draft.deployments;
    primary!.rolloutState = 'COMPLETED';
    primary!.rolloutStateReason = `ECS deployment ${id} completed.`;
    primary!.updatedAt = scope.world.clock.stamp();
    draft.lastCompleted = { id, revision };
  });
  const { deployment } = serviceDeployments.in(scope).get(serviceDeploymentArn) ?? {};
  serviceDeploymentChanged(scope, serviceDeploymentArn, {
    status: deployment?.rollback ? 'ROLLBACK_SUCCESSFUL' : 'SUCCESSFUL',
  });
  say(scope, key, `(deployment ${id}) deployment completed.`);
}

interface Failure {
  /** What `rolloutStateReason` says. */
  reason: string;
  /** What the event says after the id of the deployment. */
  event?: string;
  /** Go back to the last completed deployment, when there is one. */
  rollback: boolean;
  /** Said of the deployment that is gone back to. */
  rollbackReason: (id: string) => string;
  /** The circuit breaker ended it, not a person. */
  triggered: boolean;
  /** These ended it. */
  alarms?: string[];
}

/** Ends the PRIMARY deployment as FAILED and, if wished and possible, makes the last completed one PRIMARY again. */
export function failDeployment(scope: Scope, key: string, failed: DeploymentRow, failure: Failure): void {
  const { lastCompleted } = services.in(scope).get(key)!;
  const { reason, triggered, alarms } = failure;
  const now = scope.world.clock.stamp();
  services.in(scope).update(key, (draft) => {
    const deployment = draft.deployments.find(({ id }) => id === failed.id)!;
    deployment.rolloutState = 'FAILED';
    deployment.rolloutStateReason = reason;
    deployment.updatedAt = now;
  });
  if (failure.event) say(scope, key, `(deployment ${failed.id}) deployment failed: ${failure.event}`);
  const { serviceDeploymentArn: arn } = failed;
  const back = failure.rollback && lastCompleted && lastCompleted.id !== failed.id ? lastCompleted : undefined;
  if (!back) {
    const inRollback = serviceDeployments.in(scope).get(arn)?.deployment.rollback !== undefined;
    const status = inRollback ? 'ROLLBACK_FAILED' : 'STOPPED';
    serviceDeploymentChanged(scope, arn, {
      status,
      statusReason: reason,
      failureCount: failed.failedTasks,
      triggered,
      alarms,
    });
    wake(scope, key, SETTLE_MS);
    return;
  }
  services.in(scope).update(key, (draft) => {
    const kept = draft.deployments.filter(({ id }) => id !== back.id);
    const before = draft.deployments.find(({ id }) => id === back.id);
    for (const deployment of kept) deployment.status = 'ACTIVE';
    draft.deployments = [
      {
        id: back.id,
        status: 'PRIMARY',
        createdAt: before?.createdAt ?? now,
        updatedAt: now,
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: failure.rollbackReason(back.id),
        failedTasks: 0,
        streak: 0,
        notBefore: 0,
        revision: back.revision,
        serviceDeploymentArn: arn,
      },
      ...kept,
    ];
  });
  // The tasks before still run, so that one step takes all requests back to them.
  if (failed.shift) shareOut(scope, back.revision, 100);
  say(scope, key, `rolling back to deployment ${back.id}.`);
  serviceDeploymentChanged(scope, arn, {
    status: 'ROLLBACK_IN_PROGRESS',
    statusReason: reason,
    rollback: { reason, serviceRevisionArn: back.revision.arn },
    failureCount: failed.failedTasks,
    triggered,
    alarms,
  });
  wake(scope, key, SETTLE_MS);
}
