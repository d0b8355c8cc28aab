import type {
  PutClusterCapacityProvidersCommandInput,
  PutClusterCapacityProvidersCommandOutput,
  UpdateClusterCommandInput,
  UpdateClusterCommandOutput,
  UpdateClusterSettingsCommandInput,
  UpdateClusterSettingsCommandOutput,
} from '@aws-sdk/client-ecs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { checkCapacityProviders } from '../capacity-providers.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { checkSettings } from '../cluster-settings.ts';
import { clusterOf } from '../lookups.ts';
import { clusters, services } from '../state.ts';
import { kept } from '../stored.ts';

export const updateCluster: Operation<UpdateClusterCommandInput, Answer<UpdateClusterCommandOutput>> = (
  input,
  call,
) => {
  const { clusterName } = clusterOf(call, input.cluster);
  checkSettings(input.settings);
  const row = clusters.in(call).update(clusterName, (draft) => {
    if (input.settings) draft.settings = input.settings;
    if (input.configuration) draft.configuration = kept(input.configuration);
    if (input.serviceConnectDefaults)
      draft.serviceConnectDefaults = { namespace: input.serviceConnectDefaults.namespace };
  });
  return { cluster: clusterAnswer(call, row, ['SETTINGS', 'TAGS', 'CONFIGURATIONS']) };
};

export const updateClusterSettings: Operation<
  UpdateClusterSettingsCommandInput,
  Answer<UpdateClusterSettingsCommandOutput>
> = ({ cluster, settings }, call) =>
  updateCluster({ cluster, settings }, call) as Answer<UpdateClusterSettingsCommandOutput>;

/** F-139: a provider that services still use cannot be taken away. */
export const putClusterCapacityProviders: Operation<
  PutClusterCapacityProvidersCommandInput,
  Answer<PutClusterCapacityProvidersCommandOutput>
> = (input, call) => {
  const { clusterName, capacityProviders } = clusterOf(call, input.cluster);
  const providers = input.capacityProviders ?? [];
  const strategy = input.defaultCapacityProviderStrategy ?? [];
  checkCapacityProviders(providers, strategy);
  const used = services
    .in(call)
    .values()
    .filter(({ cluster, status }) => cluster === clusterName && status !== 'INACTIVE')
    .flatMap(({ deployments }) => deployments)
    .flatMap(({ revision }) => revision.capacityProviderStrategy ?? [])
    .map(({ capacityProvider }) => capacityProvider);
  if (capacityProviders.some((provider) => used.includes(provider) && !providers.includes(provider)))
    throw new AwsFault('ResourceInUseException', 'The specified capacity provider is in use and cannot be removed.');

  const row = clusters.in(call).update(clusterName, (draft) => {
    draft.capacityProviders = providers;
    draft.defaultCapacityProviderStrategy = strategy;
  });
  return { cluster: clusterAnswer(call, row, ['SETTINGS', 'TAGS']) };
};
