import { randomUUID } from 'node:crypto';
import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { changeTagsForResource, createHostedZone, deleteHostedZone } from '../operations/hosted-zones.ts';
import { zones } from '../state.ts';

export const hostedZone: ResourceProvider = {
  create(properties, { call }) {
    const { HostedZone } = createHostedZone(
      {
        Name: properties.Name,
        CallerReference: randomUUID(),
        HostedZoneConfig: properties.HostedZoneConfig,
        VPC: properties.VPCs?.[0],
      },
      call,
    );
    const id = HostedZone.Id!.split('/').at(-1)!;
    if (properties.HostedZoneTags)
      changeTagsForResource({ ResourceType: 'hostedzone', ResourceId: id, AddTags: properties.HostedZoneTags }, call);
    return { status: 'done', physicalId: id };
  },
  delete(_properties, physicalId, { call }) {
    if (zones.in(call).has(physicalId)) deleteHostedZone({ Id: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = zones.in(call).get(physicalId);
    return row && { Id: row.id, Name: row.name, NameServers: [...row.nameServers] };
  },
};
