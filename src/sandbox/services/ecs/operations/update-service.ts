import { isDeepStrictEqual } from 'node:util';
import type { UpdateServiceCommandInput, UpdateServiceCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { checkedDeployment } from '../deployment-rules.ts';
import { invalid, serviceNotActive } from '../faults.ts';
import { checkedLaunch } from '../launch-rules.ts';
import { checkLoadBalancers } from '../load-balancer-rules.ts';
import { clusterOf, serviceOf, taskDefinitionOf } from '../lookups.ts';
import { checkedNetwork } from '../network-rules.ts';
import { primaryOf } from '../scheduler/current.ts';
import { startDeployment } from '../scheduler/start-deployment.ts';
import { wake } from '../scheduler/wake.ts';
import { serviceAnswer } from '../service-answer.ts';
import { type Revision, services } from '../state.ts';
import { checkStrategy } from '../strategy-rules.ts';
import { refuseUnsimulated } from '../unsimulated.ts';
import { networkOf } from './create-service.ts';

/**
 * A new deployment starts when what tasks are made of changes, or when one is forced; counts and settings of the
 * service change in place. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export const updateService: Operation<UpdateServiceCommandInput, Promise<Answer<UpdateServiceCommandOutput>>> = async (
  input,
  call,
) => {
  const service = serviceOf(call, input.cluster, input.service);
  if (service.status !== 'ACTIVE') throw serviceNotActive();
  const key = `${service.cluster}/${service.serviceName}`;
  const { revision } = primaryOf(service);
  refuseUnsimulated(input);
  if (input.desiredCount !== undefined && (input.desiredCount < 0 || input.desiredCount > 5000))
    throw invalid('The desired count must be between 0 and 5000.');

  const changed = input.taskDefinition !== undefined;
  const definition = taskDefinitionOf(call, input.taskDefinition ?? revision.taskDefinition, { running: changed });
  const loadBalancers = input.loadBalancers ?? revision.loadBalancers;
  if (changed || input.loadBalancers) await checkLoadBalancers(call, definition, loadBalancers);
  if (input.networkConfiguration) checkedNetwork(call, definition, input.networkConfiguration);
  if (input.healthCheckGracePeriodSeconds !== undefined && loadBalancers.length === 0)
    throw invalid('Health check grace period is only valid for services configured to use load balancers');
  const relaunch = input.capacityProviderStrategy ?? input.platformVersion;
  const launch = relaunch
    ? checkedLaunch(clusterOf(call, input.cluster), definition, {
        capacityProviderStrategy: input.capacityProviderStrategy ?? revision.capacityProviderStrategy,
        launchType: input.capacityProviderStrategy ? undefined : revision.launchType,
        platformVersion: input.platformVersion ?? revision.platformVersion,
      })
    : pickLaunch(revision);

  const deployment = checkedDeployment(input.deploymentConfiguration, service.settings.deploymentConfiguration);
  checkStrategy(call, { deployment, loadBalancers, before: service });

  services.in(call).update(key, (draft) => {
    const { settings } = draft;
    draft.desiredCount = input.desiredCount ?? draft.desiredCount;
    settings.deploymentConfiguration = deployment;
    for (const name of ['enableECSManagedTags', 'enableExecuteCommand'] as const)
      settings[name] = input[name] ?? settings[name]!;
    settings.propagateTags = input.propagateTags ?? settings.propagateTags!;
    settings.availabilityZoneRebalancing = input.availabilityZoneRebalancing ?? settings.availabilityZoneRebalancing!;
    if (input.healthCheckGracePeriodSeconds !== undefined)
      settings.healthCheckGracePeriodSeconds = input.healthCheckGracePeriodSeconds;
    if (input.serviceRegistries) settings.serviceRegistries = input.serviceRegistries;
    if (draft.desiredCount !== service.desiredCount) draft.steady = false;
  });
  const network = input.networkConfiguration ? networkOf(input) : revision.networkConfiguration;
  const wanted: Omit<Revision, 'arn' | 'group'> = {
    ...launch,
    taskDefinition: definition.definition.taskDefinitionArn,
    ...(network ? { networkConfiguration: network } : {}),
    loadBalancers,
  };
  const { arn: _arn, group: _group, ...current } = revision;
  if (input.forceNewDeployment || !isDeepStrictEqual(wanted, current)) startDeployment(call, key, wanted);
  else wake(call, key);
  return { service: serviceAnswer(call, services.in(call).get(key)!, { tags: true }) };
};

function pickLaunch({ launchType, capacityProviderStrategy, platformVersion }: Revision) {
  return {
    ...(launchType ? { launchType } : {}),
    ...(capacityProviderStrategy ? { capacityProviderStrategy } : {}),
    platformVersion,
  };
}
