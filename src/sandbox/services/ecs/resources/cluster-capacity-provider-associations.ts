import type { PutClusterCapacityProvidersCommandInput } from '@aws-sdk/client-ecs';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { clusterNameOf } from '../names.ts';
import { putClusterCapacityProviders } from '../operations/update-cluster.ts';
import { clusters } from '../state.ts';
import { fromProperties } from './from-properties.ts';
import { toProperties } from './to-properties.ts';

/** AWS::ECS::ClusterCapacityProviderAssociations: a cluster has one; `Ref` is the cluster. */
export const capacityProviderAssociationsProvider: ResourceProvider = {
  create: put,
  update: ({ after }, context) => put(after, context),

  async delete(properties, physicalId, { call }) {
    const row = clusters.in(call).get(clusterNameOf(physicalId));
    if (row?.status === 'ACTIVE') {
      const nothing = { capacityProviders: [], defaultCapacityProviderStrategy: [] };
      await putClusterCapacityProviders({ cluster: properties.Cluster, ...nothing }, call);
    }
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = clusters.in(call).get(clusterNameOf(physicalId));
    if (row?.status !== 'ACTIVE') return undefined;
    return {
      Cluster: physicalId,
      CapacityProviders: row.capacityProviders,
      DefaultCapacityProviderStrategy: toProperties(row.defaultCapacityProviderStrategy),
    };
  },
};

async function put(properties: Properties, { call }: ResourceContext) {
  await putClusterCapacityProviders(fromProperties<PutClusterCapacityProvidersCommandInput>(properties), call);
  return { status: 'done', physicalId: properties.Cluster as string } as const;
}
