import type { DescribeFlowLogsRequest, DescribeFlowLogsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type FlowLogRow, flowLogs } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<FlowLogRow> = {
  'deliver-log-status': (log) => log.DeliverLogsStatus,
  'flow-log-id': (log) => log.FlowLogId,
  'log-destination-type': (log) => log.LogDestinationType,
  'log-group-name': (log) => log.LogGroupName,
  'resource-id': (log) => log.ResourceId,
  'traffic-type': (log) => log.TrafficType,
};

export const describeFlowLogs: Operation<DescribeFlowLogsRequest, DescribeFlowLogsResult> = (input, call) => {
  const { items, NextToken } = select(
    call,
    { ...input, Filters: input.Filter },
    {
      rows: () => flowLogs.in(call).values(),
      id: (log) => log.FlowLogId,
      ids: input.FlowLogIds,
      missing: missing.flowLog,
      fields: FIELDS,
    },
  );
  return {
    FlowLogs: items.map((row) => ({ ...revived<object>(row), Tags: tagsOf(call, row.FlowLogId) })),
    NextToken,
  };
};
