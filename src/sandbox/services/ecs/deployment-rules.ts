import type { DeploymentConfiguration } from '@aws-sdk/client-ecs';
import { invalid } from './faults.ts';
import { kept, type Stored } from './stored.ts';

/** ECS's defaults for a rolling update of replicas. */
const DEFAULTS = {
  deploymentCircuitBreaker: { enable: false, rollback: false },
  maximumPercent: 200,
  minimumHealthyPercent: 100,
  strategy: 'ROLLING' as const,
  bakeTimeInMinutes: 0,
};

/** The configuration with what it does not say filled in. Throws InvalidParameterException. */
export function checkedDeployment(
  wanted: DeploymentConfiguration | undefined,
  before: Stored<DeploymentConfiguration> = DEFAULTS,
): Stored<DeploymentConfiguration> {
  const merged = { ...before, ...kept(wanted ?? {}) };
  const { maximumPercent: most = 200, minimumHealthyPercent: least = 100, strategy } = merged;
  if (strategy !== undefined && strategy !== 'ROLLING')
    throw invalid(`This sandbox rolls services out with the ROLLING strategy only, not ${strategy}.`);
  if (most < 0 || least < 0) throw invalid('Deployment percentages must not be negative.');
  if (most < least) throw invalid('maximumPercent should be greater than or equal to minimumHealthyPercent.');
  if (most === 100 && least === 100)
    throw invalid('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.');
  const threshold = merged.deploymentCircuitBreaker?.thresholdConfiguration;
  if (threshold && (threshold.value ?? 0) < 1) throw invalid('The circuit breaker threshold value must be at least 1.');
  return merged;
}
