import type { CreateClusterCommandInput, CreateClusterCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { ensureServiceLinkedRole } from '../../iam/operations/service-linked-roles.ts';
import { accountSetting } from '../account-setting.ts';
import { checkCapacityProviders } from '../capacity-providers.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { checkSettings } from '../cluster-settings.ts';
import { invalid } from '../faults.ts';
import { clusters } from '../state.ts';
import { kept } from '../stored.ts';
import { checkedTags } from '../tags.ts';

/** A cluster that exists is answered as it is: the call may be repeated. */
export const createCluster: Operation<CreateClusterCommandInput, Answer<CreateClusterCommandOutput>> = (
  input,
  call,
) => {
  const clusterName = input.clusterName ?? 'default';
  if (!/^[a-zA-Z0-9_-]{1,255}$/.test(clusterName)) throw invalid('Invalid cluster name.');
  const before = clusters.in(call).get(clusterName);
  if (before?.status === 'ACTIVE') return { cluster: clusterAnswer(call, before, ['TAGS', 'SETTINGS']) };

  checkSettings(input.settings);
  ensureServiceLinkedRole('ecs.amazonaws.com', call);
  checkCapacityProviders(input.capacityProviders ?? [], input.defaultCapacityProviderStrategy ?? []);
  const row = clusters.in(call).put(clusterName, {
    clusterName,
    status: 'ACTIVE',
    settings: input.settings ?? [{ name: 'containerInsights', value: accountSetting(call, 'containerInsights') }],
    capacityProviders: input.capacityProviders ?? [],
    defaultCapacityProviderStrategy: input.defaultCapacityProviderStrategy ?? [],
    ...(input.configuration ? { configuration: kept(input.configuration) } : {}),
    ...(input.serviceConnectDefaults
      ? { serviceConnectDefaults: { namespace: input.serviceConnectDefaults.namespace } }
      : {}),
    tags: checkedTags(input.tags, { system: true }),
  });
  return { cluster: clusterAnswer(call, row, ['TAGS', 'SETTINGS', 'CONFIGURATIONS']) };
};
