import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createArchive, deleteArchive, updateArchive } from '../operations/archives.ts';
import { archives } from '../state.ts';

const settings = (properties: Properties) => ({
  Description: properties.Description,
  EventPattern:
    properties.EventPattern === undefined || typeof properties.EventPattern === 'string'
      ? properties.EventPattern
      : JSON.stringify(properties.EventPattern),
  RetentionDays: properties.RetentionDays === undefined ? undefined : Number(properties.RetentionDays),
});

export const archive: ResourceProvider = {
  create(properties, { call, generateName }) {
    const ArchiveName = properties.ArchiveName ?? generateName({ maxLength: 48 });
    createArchive({ ArchiveName, EventSourceArn: properties.SourceArn, ...settings(properties) }, call);
    return { status: 'done', physicalId: ArchiveName };
  },
  update({ after, physicalId }, { call }) {
    updateArchive({ ArchiveName: physicalId, ...settings(after) }, call);
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    if (archives.in(call).has(physicalId)) deleteArchive({ ArchiveName: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, { call }) {
    const row = archives.in(call).get(physicalId);
    return row && { Arn: row.arn, ArchiveName: row.name, SourceArn: row.sourceArn, RetentionDays: row.retentionDays };
  },
};
