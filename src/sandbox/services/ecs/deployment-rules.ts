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
  checkShift(merged, wanted, before);
  if (strategy !== 'CANARY') delete merged.canaryConfiguration;
  if (strategy !== 'LINEAR') delete merged.linearConfiguration;
  if (most < 0 || least < 0) throw invalid('Deployment percentages must not be negative.');
  if (most < least) throw invalid('maximumPercent should be greater than or equal to minimumHealthyPercent.');
  if (most === 100 && least === 100)
    throw invalid('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.');
  const threshold = merged.deploymentCircuitBreaker?.thresholdConfiguration;
  if (threshold && (threshold.value ?? 0) < 1) throw invalid('The circuit breaker threshold value must be at least 1.');
  return merged;
}

/**
 * What the API reference says of the strategies; the sentences of AWS are not public.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 */
function checkShift(
  {
    strategy = 'ROLLING',
    bakeTimeInMinutes = 0,
    canaryConfiguration,
    linearConfiguration,
  }: Stored<DeploymentConfiguration>,
  wanted: DeploymentConfiguration | undefined,
  before: Stored<DeploymentConfiguration>,
): void {
  if (!['ROLLING', 'BLUE_GREEN', 'CANARY', 'LINEAR'].includes(strategy))
    throw invalid(`The deployment strategy ${strategy} is not valid.`);
  if (wanted?.lifecycleHooks?.length)
    throw invalid('This sandbox does not simulate lifecycle hooks of ECS deployments.');
  if (strategy === 'BLUE_GREEN' && before.strategy !== 'BLUE_GREEN' && wanted?.bakeTimeInMinutes === undefined)
    throw invalid('bakeTimeInMinutes must be specified for the BLUE_GREEN deployment strategy.');
  if (wanted?.canaryConfiguration && strategy !== 'CANARY')
    throw invalid('canaryConfiguration is only valid with the CANARY deployment strategy.');
  if (wanted?.linearConfiguration && strategy !== 'LINEAR')
    throw invalid('linearConfiguration is only valid with the LINEAR deployment strategy.');
  const waits = {
    bakeTimeInMinutes,
    canaryBakeTimeInMinutes: canaryConfiguration?.canaryBakeTimeInMinutes ?? 0,
    stepBakeTimeInMinutes: linearConfiguration?.stepBakeTimeInMinutes ?? 0,
  };
  for (const [name, minutes] of Object.entries(waits))
    if (minutes < 0 || minutes > 1440) throw invalid(`${name} must be between 0 and 1440 minutes.`);
  const { canaryPercent = 5 } = canaryConfiguration ?? {};
  if (canaryPercent < 0.1 || canaryPercent > 100) throw invalid('canaryPercent must be between 0.1 and 100.0.');
  const { stepPercent = 10 } = linearConfiguration ?? {};
  if (stepPercent < 3 || stepPercent > 100) throw invalid('stepPercent must be between 3.0 and 100.0.');
}
