import type { Progress, Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import {
  createEventSourceMapping,
  deleteEventSourceMapping,
  updateEventSourceMapping,
} from '../operations/event-source-mappings.ts';
import { type MappingRow, mappings } from '../state.ts';
import { tagList, tagsOf } from './resource-tags.ts';

const LOOK_MS = 5_000;
const given = (value: unknown): number | undefined => (value === undefined ? undefined : Number(value));

const settings = (properties: Properties) => ({
  FunctionName: properties.FunctionName,
  Enabled: properties.Enabled === undefined ? undefined : String(properties.Enabled) === 'true',
  BatchSize: given(properties.BatchSize),
  MaximumBatchingWindowInSeconds: given(properties.MaximumBatchingWindowInSeconds),
  FunctionResponseTypes: properties.FunctionResponseTypes,
  FilterCriteria: properties.FilterCriteria,
  DestinationConfig: properties.DestinationConfig,
  ...(properties.ScalingConfig && {
    ScalingConfig: { MaximumConcurrency: given(properties.ScalingConfig.MaximumConcurrency) },
  }),
});

export const eventSourceMapping: ResourceProvider = {
  create(properties, { call, tags }) {
    const { UUID } = createEventSourceMapping(
      {
        ...settings(properties),
        EventSourceArn: properties.EventSourceArn,
        StartingPosition: properties.StartingPosition,
        Tags: tagsOf(properties, tags),
      },
      call,
    );
    return { status: 'pending', physicalId: UUID!, afterMs: LOOK_MS };
  },
  update({ before, after, physicalId }, { call, tags }) {
    const back = {
      ...(before.ScalingConfig && !after.ScalingConfig && { ScalingConfig: {} }),
      ...(before.FilterCriteria && !after.FilterCriteria && { FilterCriteria: {} }),
      ...(before.FunctionResponseTypes && !after.FunctionResponseTypes && { FunctionResponseTypes: [] }),
      ...(before.BatchSize !== undefined && after.BatchSize === undefined && { BatchSize: 10 }),
      ...(before.MaximumBatchingWindowInSeconds !== undefined &&
        after.MaximumBatchingWindowInSeconds === undefined && { MaximumBatchingWindowInSeconds: 0 }),
      ...(after.Enabled === undefined && { Enabled: true }),
    };
    updateEventSourceMapping({ ...settings(after), ...back, UUID: physicalId }, call);
    mappings.in(call).update(physicalId, (draft) => {
      draft.tags = tagsOf(after, tags);
    });
    return { status: 'pending', physicalId, afterMs: LOOK_MS };
  },
  delete(_properties, physicalId, { call }) {
    const row = mappings.in(call).get(physicalId);
    if (!row) return { status: 'done', physicalId };
    if (row.state !== 'Deleting') deleteEventSourceMapping({ UUID: physicalId }, call);
    return { status: 'pending', physicalId, afterMs: LOOK_MS };
  },
  check(step, physicalId, _properties, { call }): Progress {
    const row = mappings.in(call).get(physicalId);
    const isThrough = step === 'delete' ? !row : row?.state === 'Enabled' || row?.state === 'Disabled';
    return isThrough ? { status: 'done', physicalId } : { status: 'pending', physicalId, afterMs: LOOK_MS };
  },
  read(physicalId, { FunctionName }, { call }) {
    const row = mappings.in(call).get(physicalId);
    return row && { ...live(row), FunctionName };
  },
};

const live = (row: MappingRow): Properties => ({
  Id: row.uuid,
  EventSourceMappingArn: row.functionArn.replace(/function:.*$/, `event-source-mapping:${row.uuid}`),
  EventSourceArn: row.sourceArn,
  Enabled: row.enabled,
  BatchSize: row.batchSize,
  MaximumBatchingWindowInSeconds: row.windowS,
  ...(row.reportsFailures && { FunctionResponseTypes: ['ReportBatchItemFailures'] }),
  ...(row.maxConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: row.maxConcurrency } }),
  ...(row.filters && { FilterCriteria: { Filters: row.filters.map((Pattern) => ({ Pattern })) } }),
  Tags: tagList(row.tags),
});
