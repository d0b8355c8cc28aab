import type { CreateClusterCommandInput } from '@aws-sdk/client-ecs';
import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Call } from '../../../kernel/scope.ts';
import { clusterArn } from '../names.ts';
import { deleteCluster } from '../operations/clusters.ts';
import { createCluster } from '../operations/create-cluster.ts';
import { putClusterCapacityProviders, updateCluster } from '../operations/update-cluster.ts';
import { clusters } from '../state.ts';
import { ecsTags, fromProperties } from './from-properties.ts';
import { setTags } from './set-tags.ts';
import { toProperties } from './to-properties.ts';

/** AWS::ECS::Cluster: `Ref` is its name. */
export const clusterProvider: ResourceProvider = {
  async create(properties, { call, tags, generateName }) {
    const input = inputOf(properties);
    const clusterName = input.clusterName ?? generateName({ maxLength: 255 });
    await createCluster({ ...input, clusterName, tags: ecsTags(properties.Tags, tags) }, call);
    return { status: 'done', physicalId: clusterName, attributes: { Arn: clusterArn(call, clusterName) } };
  },

  async update({ before, after, physicalId: cluster }, { call, tags }) {
    const { settings, configuration, serviceConnectDefaults, capacityProviders, defaultCapacityProviderStrategy } =
      inputOf(after);
    await updateCluster({ cluster, settings, configuration, serviceConnectDefaults }, call);
    if (after.CapacityProviders || before.CapacityProviders) {
      await putClusterCapacityProviders(
        {
          cluster,
          capacityProviders: capacityProviders ?? [],
          defaultCapacityProviderStrategy: defaultCapacityProviderStrategy ?? [],
        },
        call,
      );
    }
    await setTags(call, clusterArn(call, cluster), ecsTags(after.Tags, tags));
    return { status: 'done', physicalId: cluster, attributes: { Arn: clusterArn(call, cluster) } };
  },

  async delete(_properties, physicalId, { call }) {
    if (alive(call, physicalId)) await deleteCluster({ cluster: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = alive(call, physicalId);
    if (!row) return undefined;
    return {
      Arn: clusterArn(call, physicalId),
      ClusterName: row.clusterName,
      ClusterSettings: toProperties(row.settings ?? []),
      ...(row.configuration ? { Configuration: toProperties(row.configuration) } : {}),
      CapacityProviders: row.capacityProviders,
      DefaultCapacityProviderStrategy: toProperties(row.defaultCapacityProviderStrategy),
      Tags: row.tags?.map(({ key, value }) => ({ Key: key, Value: value })),
    };
  },
};

function alive(call: Call, name: string) {
  const row = clusters.in(call).get(name);
  return row?.status === 'ACTIVE' ? row : undefined;
}

function inputOf({ Tags: _tags, ...properties }: Properties): CreateClusterCommandInput {
  const { clusterSettings, ...input } = fromProperties<
    CreateClusterCommandInput & { clusterSettings?: CreateClusterCommandInput['settings'] }
  >(properties);
  return { ...input, ...(clusterSettings ? { settings: clusterSettings } : {}) };
}
