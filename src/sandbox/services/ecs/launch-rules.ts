import type { CapacityProviderStrategyItem, LaunchType } from '@aws-sdk/client-ecs';
import { AwsFault } from '../../kernel/fault.ts';
import { checkStrategy } from './capacity-providers.ts';
import { invalid } from './faults.ts';
import type { ClusterRow, TaskDefinitionRow } from './state.ts';

interface Wanted {
  launchType?: LaunchType | undefined;
  capacityProviderStrategy?: CapacityProviderStrategyItem[] | undefined;
  platformVersion?: string | undefined;
}

/** How tasks are launched: as asked, else by the cluster's default strategy. Throws when the definition does not fit. */
export function checkedLaunch(cluster: ClusterRow, { definition }: TaskDefinitionRow, wanted: Wanted) {
  const { launchType, platformVersion = 'LATEST' } = wanted;
  const asked = wanted.capacityProviderStrategy ?? [];
  if (launchType && asked.length > 0)
    throw invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    );
  const strategy = asked.length > 0 || launchType ? asked : cluster.defaultCapacityProviderStrategy;
  checkStrategy(cluster.capacityProviders, strategy);
  // Without either ECS assumes EC2, and this sandbox has no container instances.
  const chosen = strategy.length > 0 ? undefined : (launchType ?? 'EC2');
  if (chosen !== undefined && chosen !== 'FARGATE') throw invalid('No Container Instances were found in your cluster.');
  if (definition.requiresCompatibilities?.length && !definition.requiresCompatibilities.includes('FARGATE'))
    throw invalid('Task definition does not support launch_type FARGATE.');
  if (!['LATEST', '1.4.0', '1.3.0'].includes(platformVersion))
    throw new AwsFault('PlatformUnknownException', 'The specified platform does not exist.');
  return {
    ...(chosen ? { launchType: chosen } : {}),
    ...(strategy.length > 0 ? { capacityProviderStrategy: strategy } : {}),
    platformVersion,
  };
}
