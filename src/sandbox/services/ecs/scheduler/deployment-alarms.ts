import type { Scope } from '../../../kernel/scope.ts';
import { alarmNamed } from '../../monitoring/alarm-state.ts';
import { type DeploymentRow, type ServiceRow, serviceDeployments } from '../state.ts';

const configured = ({ settings }: ServiceRow) => {
  const { alarms } = settings.deploymentConfiguration ?? {};
  return alarms?.enable ? alarms : undefined;
};

/** Those of the service that ring now; one that is not there rings never. */
export const ringing = (scope: Scope, service: ServiceRow): string[] =>
  (configured(service)?.alarmNames ?? []).filter((name) => alarmNamed(scope, name)?.StateValue === 'ALARM');

export const alarmsRollBack = (service: ServiceRow): boolean => configured(service)?.rollback === true;

/** Whether ECS listens: alarms that rang when the rollout began are not listened to, and no way back is watched. */
export function listens(scope: Scope, service: ServiceRow, deployment: DeploymentRow): boolean {
  if (!configured(service) || deployment.rolloutState !== 'IN_PROGRESS' || deployment.deafToAlarms) return false;
  return serviceDeployments.in(scope).get(deployment.serviceDeploymentArn)?.deployment.rollback === undefined;
}

/** How long all must have been quiet after the older tasks have gone: as long as the slowest alarm needs to ring. */
export function bakeMs(scope: Scope, service: ServiceRow): number {
  const waits = (configured(service)?.alarmNames ?? []).map((name) => {
    const row = alarmNamed(scope, name);
    if (row === undefined || row.kind === 'composite') return 0;
    const periods = (row.Metrics ?? []).flatMap(({ Period, MetricStat }) => Period ?? MetricStat?.Period ?? []);
    return (row.EvaluationPeriods ?? 1) * Math.max(row.Period ?? 0, ...periods) * 1000;
  });
  return Math.max(0, ...waits);
}
