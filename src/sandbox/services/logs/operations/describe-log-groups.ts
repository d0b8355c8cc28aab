import type {
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  ListLogGroupsCommandInput,
  ListLogGroupsCommandOutput,
  LogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { nameOfArn } from '../lookup.ts';
import { invalidParameter, pageOf, requireValid } from '../refusals.ts';
import { eventsOf, type LogGroupRow, logGroups, metricFilters, streamsOf } from '../state.ts';

export function describeLogGroups(
  input: DescribeLogGroupsCommandInput,
  call: Call,
): Answer<DescribeLogGroupsCommandOutput> {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers } = input;
  requireValid(['limit', input.limit, { range: [1, 50] }]);
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  const wanted = logGroupIdentifiers?.map(nameOfArn);
  const rows = sorted(call).filter(
    (row) =>
      row.name.startsWith(prefix ?? '') &&
      (pattern === undefined || row.name.toLowerCase().includes(pattern.toLowerCase())) &&
      (wanted === undefined || wanted.includes(row.name)) &&
      (input.logGroupClass === undefined || row.class === input.logGroupClass),
  );
  const { items, end } = pageOf(rows, input.limit ?? 50, input.nextToken);
  return { logGroups: items.map((row) => answer(row, call)), ...end };
}

const sorted = (call: Call): LogGroupRow[] =>
  logGroups
    .in(call)
    .values()
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const answer = (row: LogGroupRow, call: Call): LogGroup => ({
  logGroupName: row.name,
  creationTime: row.created,
  ...(row.retentionDays !== undefined && { retentionInDays: row.retentionDays }),
  metricFilterCount: metricFilters
    .in(call)
    .values()
    .filter(({ group }) => group === row.name).length,
  arn: `${row.arn}:*`,
  storedBytes: storedBytes(row.name, call),
  ...(row.kmsKeyId !== undefined && { kmsKeyId: row.kmsKeyId }),
  logGroupClass: row.class,
  logGroupArn: row.arn,
  deletionProtectionEnabled: row.isProtected,
});

/** Message bytes and 26 for each event, as PutLogEvents counts them. */
const storedBytes = (group: string, call: Call): number =>
  streamsOf(call, group)
    .flatMap(({ name }) => eventsOf(call, group, name).values())
    .reduce((bytes, { message }) => bytes + Buffer.byteLength(message) + 26, 0);

export function listLogGroups(input: ListLogGroupsCommandInput, call: Call): Answer<ListLogGroupsCommandOutput> {
  requireValid(['limit', input.limit, { range: [1, 1000] }]);
  const { logGroupNamePattern: pattern = '' } = input;
  const matches = (name: string) =>
    pattern.startsWith('^')
      ? pattern
          .slice(1)
          .split('|^')
          .some((start) => name.startsWith(start))
      : pattern.split('|').some((part) => name.includes(part));
  const rows = sorted(call).filter(
    (row) => matches(row.name) && (input.logGroupClass === undefined || row.class === input.logGroupClass),
  );
  const { items, end } = pageOf(rows, input.limit ?? 50, input.nextToken);
  return {
    logGroups: items.map((row) => ({ logGroupName: row.name, logGroupArn: row.arn, logGroupClass: row.class })),
    ...end,
  };
}
