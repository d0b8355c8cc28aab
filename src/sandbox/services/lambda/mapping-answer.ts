import type { EventSourceMappingConfiguration } from '@aws-sdk/client-lambda';
import type { Scope } from '../../kernel/scope.ts';
import type { MappingRow } from './state.ts';

export const mappingAnswer = (row: MappingRow, { account, region }: Scope): EventSourceMappingConfiguration => ({
  UUID: row.uuid,
  EventSourceMappingArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${row.uuid}`,
  EventSourceArn: row.sourceArn,
  FunctionArn: row.functionArn,
  BatchSize: row.batchSize,
  MaximumBatchingWindowInSeconds: row.windowS,
  FunctionResponseTypes: row.reportsFailures ? ['ReportBatchItemFailures'] : [],
  State: row.state,
  StateTransitionReason: 'USER_INITIATED',
  LastModified: new Date(row.modified),
  ...(row.maxConcurrency !== undefined && { ScalingConfig: { MaximumConcurrency: row.maxConcurrency } }),
  ...(row.filters !== undefined && { FilterCriteria: { Filters: row.filters.map((Pattern) => ({ Pattern })) } }),
});
