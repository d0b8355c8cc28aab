import type { CreateServiceCommandInput, CreateServiceCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { ensureServiceLinkedRole } from '../../iam/operations/service-linked-roles.ts';
import { checkedDeployment } from '../deployment-rules.ts';
import { invalid } from '../faults.ts';
import { checkedLaunch } from '../launch-rules.ts';
import { checkLoadBalancers } from '../load-balancer-rules.ts';
import { clusterOf, taskDefinitionOf } from '../lookups.ts';
import { checkedNetwork } from '../network-rules.ts';
import { startDeployment } from '../scheduler/start-deployment.ts';
import { serviceAnswer } from '../service-answer.ts';
import { services } from '../state.ts';
import { kept } from '../stored.ts';
import { checkStrategy } from '../strategy-rules.ts';
import { checkedTags } from '../tags.ts';
import { refuseUnsimulated } from '../unsimulated.ts';

/** Calls that differ only in having been made before are refused: `Creation of service was not idempotent.` */
export const createService: Operation<CreateServiceCommandInput, Promise<Answer<CreateServiceCommandOutput>>> = async (
  input,
  call,
) => {
  const { serviceName, desiredCount } = input;
  const cluster = clusterOf(call, input.cluster);
  if (!serviceName || !/^[a-zA-Z0-9_-]{1,255}$/.test(serviceName)) throw invalid('Invalid service name.');
  const key = `${cluster.clusterName}/${serviceName}`;
  const existing = services.in(call).get(key);
  if (existing?.status === 'ACTIVE') throw invalid('Creation of service was not idempotent.');
  if (existing?.status === 'DRAINING') throw invalid('Unable to Start a service that is still Draining.');
  if (input.deploymentController && input.deploymentController.type !== 'ECS')
    throw invalid(`This sandbox has the ECS deployment controller only, not ${input.deploymentController.type}.`);
  if (input.schedulingStrategy === 'DAEMON')
    throw invalid('The daemon scheduling strategy is not supported on Fargate.');
  refuseUnsimulated(input);
  if (desiredCount === undefined)
    throw invalid('A desired count must be specified for the REPLICA scheduling strategy.');
  if (desiredCount < 0 || desiredCount > 5000) throw invalid('The desired count must be between 0 and 5000.');

  const definition = taskDefinitionOf(call, input.taskDefinition, { running: true });
  const launch = checkedLaunch(cluster, definition, input);
  checkedNetwork(call, definition, input.networkConfiguration);
  const loadBalancers = input.loadBalancers ?? [];
  await checkLoadBalancers(call, definition, loadBalancers);
  if (input.healthCheckGracePeriodSeconds !== undefined && loadBalancers.length === 0)
    throw invalid('Health check grace period is only valid for services configured to use load balancers');

  const deploymentConfiguration = checkedDeployment(input.deploymentConfiguration);
  checkStrategy(call, { deployment: deploymentConfiguration, loadBalancers });

  ensureServiceLinkedRole('ecs.amazonaws.com', call);
  const row = services.in(call).put(key, {
    cluster: cluster.clusterName,
    serviceName,
    status: 'ACTIVE',
    desiredCount,
    createdAt: call.world.clock.stamp(),
    createdBy: call.principal,
    roleArn: `arn:aws:iam::${call.account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    settings: {
      deploymentConfiguration,
      deploymentController: { type: 'ECS' },
      enableECSManagedTags: input.enableECSManagedTags ?? false,
      enableExecuteCommand: input.enableExecuteCommand ?? false,
      ...(loadBalancers.length > 0 ? { healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0 } : {}),
      propagateTags: input.propagateTags ?? 'NONE',
      schedulingStrategy: 'REPLICA',
      availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? 'ENABLED',
      serviceRegistries: input.serviceRegistries ?? [],
    },
    deployments: [],
    events: [],
    tags: checkedTags(input.tags, { system: true }),
    steady: false,
  });
  startDeployment(call, key, {
    ...launch,
    taskDefinition: definition.definition.taskDefinitionArn,
    networkConfiguration: networkOf(input),
    loadBalancers,
  });
  return { service: serviceAnswer(call, services.in(call).get(key) ?? row, { tags: true }) };
};

/** `assignPublicIp` and groups are always shown. */
export function networkOf({ networkConfiguration }: Pick<CreateServiceCommandInput, 'networkConfiguration'>) {
  const { subnets, securityGroups = [], assignPublicIp = 'DISABLED' } = networkConfiguration!.awsvpcConfiguration!;
  return kept({ awsvpcConfiguration: { subnets, securityGroups, assignPublicIp } });
}
