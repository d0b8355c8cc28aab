import type { LoadBalancer } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope.ts';
import { invalid } from './faults.ts';
import type { TaskDefinitionRow } from './state.ts';
import { targetGroupOf } from './target-groups.ts';

/** Throws what CreateService and UpdateService answer to load balancers that do not fit the task definition. */
export async function checkLoadBalancers(
  scope: Scope,
  { definition }: TaskDefinitionRow,
  loadBalancers: readonly LoadBalancer[],
): Promise<void> {
  if (loadBalancers.length > 5) throw invalid('load balancers can have at most 5 items.');
  for (const { targetGroupArn, containerName, containerPort, advancedConfiguration } of loadBalancers) {
    if (!targetGroupArn)
      throw invalid('This sandbox attaches services to target groups only, not to Classic Load Balancers.');
    const container = definition.containerDefinitions.find(({ name }) => name === containerName);
    if (!container) throw invalid(`The container ${containerName} does not exist in the task definition.`);
    if (!container.portMappings?.some((mapping) => mapping.containerPort === containerPort))
      throw invalid(`The container ${containerName} did not have a container port ${containerPort} defined.`);

    const { alternateTargetGroupArn } = advancedConfiguration ?? {};
    for (const arn of [targetGroupArn, ...(alternateTargetGroupArn ? [alternateTargetGroupArn] : [])])
      await checkGroup(scope, arn);
  }
}

async function checkGroup(scope: Scope, targetGroupArn: string): Promise<void> {
  const group = await targetGroupOf(scope, targetGroupArn);
  if (!group) {
    throw invalid(
      'Unable to assume role and validate the specified targetGroupArn. Please verify that the ECS service role being passed has the proper permissions.',
    );
  }
  if (group.TargetType !== 'ip') {
    throw invalid(
      `The provided target group ${targetGroupArn} has target type ${group.TargetType}, which is incompatible with the awsvpc network mode specified in the task definition.`,
    );
  }
  // F-67: a target group counts when a listener or rule forwards to it.
  if (!group.LoadBalancerArns?.length)
    throw invalid(`The target group with targetGroupArn ${targetGroupArn} does not have an associated load balancer.`);
}
