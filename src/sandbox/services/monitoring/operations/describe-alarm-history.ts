import type { DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput } from '@aws-sdk/client-cloudwatch';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { check } from '../faults.ts';
import { history } from '../state.ts';

export const describeAlarmHistory: Operation<DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput> = (input, call) => {
  check([['maxRecords', input.MaxRecords, { range: [1, 100] }]]);
  const ascending = input.ScanBy === 'TimestampAscending';
  const found = history
    .in(call)
    .values()
    .filter(({ AlarmName }) => !input.AlarmName || AlarmName === input.AlarmName)
    .filter(({ HistoryItemType }) => !input.HistoryItemType || HistoryItemType === input.HistoryItemType)
    .filter(({ at }) => at >= (input.StartDate?.getTime() ?? 0) && at <= (input.EndDate?.getTime() ?? Infinity))
    .toSorted((a, b) => (ascending ? a.at - b.at : b.at - a.at));
  const { items, next } = page(found, {
    size: input.MaxRecords ?? 100,
    token: input.NextToken,
    refuse: () => {
      throw new AwsFault('InvalidNextToken', 'The next token specified is invalid.');
    },
  });
  return {
    AlarmHistoryItems: items.map(({ at, ...item }) => ({ ...item, Timestamp: new Date(at) })),
    ...(next ? { NextToken: next } : {}),
  };
};
