import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import { serviceDeployments } from '../state.ts';

const OVER: readonly ServiceDeploymentStatus[] = ['SUCCESSFUL', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'STOPPED'];

export const isOver = (status: ServiceDeploymentStatus | undefined): boolean =>
  status !== undefined && OVER.includes(status);

interface Change {
  status: ServiceDeploymentStatus;
  statusReason?: string;
  /** The revision that is gone back to, and why. */
  rollback?: { reason: string; serviceRevisionArn: string };
  failureCount?: number;
  /** The circuit breaker ended it. */
  triggered?: boolean;
  /** Alarms that ended it. */
  alarms?: string[] | undefined;
}

/** Notes where a service deployment stands; one that is over stays as it ended. */
export function serviceDeploymentChanged(scope: Scope, arn: string, change: Change): void {
  const row = serviceDeployments.in(scope).get(arn);
  if (!row || isOver(row.deployment.status)) return;
  const now = scope.world.clock.stamp();
  serviceDeployments.in(scope).update(arn, ({ deployment }) => {
    deployment.status = change.status;
    deployment.updatedAt = now;
    if (change.statusReason) deployment.statusReason = change.statusReason;
    if (change.rollback) deployment.rollback = { ...change.rollback, startedAt: now };
    if (change.status === 'STOPPED') deployment.stoppedAt = now;
    if (isOver(change.status)) deployment.finishedAt = now;
    if (change.alarms)
      deployment.alarms = { ...deployment.alarms, status: 'TRIGGERED', triggeredAlarmNames: change.alarms };
    else if (isOver(change.status) && deployment.alarms?.status === 'MONITORING')
      deployment.alarms.status = 'MONITORING_COMPLETE';
    const breaker = deployment.deploymentCircuitBreaker!;
    if (change.failureCount !== undefined) breaker.failureCount = change.failureCount;
    if (breaker.status === 'DISABLED') return;
    if (change.triggered) breaker.status = 'TRIGGERED';
    else if (isOver(change.status) && breaker.status === 'MONITORING') breaker.status = 'MONITORING_COMPLETE';
  });
}
