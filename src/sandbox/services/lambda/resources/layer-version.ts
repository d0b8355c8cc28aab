import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { deleteLayerVersion, publishLayerVersion } from '../operations/layers.ts';
import { layerVersions } from '../state.ts';

const keyOf = (arn: string): string => arn.split(':').slice(6).join(':');

export const layerVersion: ResourceProvider = {
  async create(properties, { call, generateName }) {
    const { LayerVersionArn } = await publishLayerVersion(
      { ...properties, LayerName: properties.LayerName ?? generateName({ maxLength: 140 }) } as never,
      call,
    );
    return { status: 'done', physicalId: LayerVersionArn };
  },
  delete(_properties, physicalId, { call }) {
    const [LayerName, version] = keyOf(physicalId).split(':');
    deleteLayerVersion({ LayerName, VersionNumber: Number(version) }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const row = layerVersions.in(call).get(keyOf(physicalId));
    return row && !row.deleted ? { ...properties, LayerVersionArn: physicalId } : undefined;
  },
};
