import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import type { DeploymentRow, ServiceRow } from '../state.ts';

type Breaker = DeploymentConfiguration['deploymentCircuitBreaker'];

const breakerOf = ({ settings }: ServiceRow): Breaker => settings.deploymentConfiguration?.deploymentCircuitBreaker;

/**
 * How many failed tasks end a deployment: half the desired count, at least 3 and at most 200, unless the service
 * configures another threshold.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
 */
export function failureThreshold(service: ServiceRow): number {
  const { type = 'BOUNDED_PERCENT', value = 50 } = breakerOf(service)?.thresholdConfiguration ?? {};
  if (type === 'COUNT') return value;
  const share = Math.ceil((service.desiredCount * value) / 100);
  return type === 'UNBOUNDED_PERCENT' ? Math.max(1, share) : Math.min(200, Math.max(3, share));
}

export const breakerTrips = (service: ServiceRow, deployment: DeploymentRow): boolean =>
  breakerOf(service)?.enable === true &&
  deployment.rolloutState === 'IN_PROGRESS' &&
  deployment.failedTasks >= failureThreshold(service);

export const breakerEnabled = (service: ServiceRow): boolean => breakerOf(service)?.enable === true;
export const breakerRollsBack = (service: ServiceRow): boolean => breakerOf(service)?.rollback === true;
export const resetsOnHealthyTask = (service: ServiceRow): boolean => breakerOf(service)?.resetOnHealthyTask ?? true;
