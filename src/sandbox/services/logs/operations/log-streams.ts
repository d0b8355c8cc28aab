import type {
  CreateLogStreamCommandInput,
  DeleteLogStreamCommandInput,
  DescribeLogStreamsCommandInput,
  DescribeLogStreamsCommandOutput,
  LogStream,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { makeStream } from '../append-log-events.ts';
import { groupNameOf, logGroup, logStream } from '../lookup.ts';
import { invalidParameter, pageOf, requireValid } from '../refusals.ts';
import { eventsOf, type LogStreamRow, logStreams, streamKey, streamsOf } from '../state.ts';

const NAME_PATTERN = '[^:*]*';

export function createLogStream(input: CreateLogStreamCommandInput, call: Call): Record<string, never> {
  const { logGroupName, logStreamName = '' } = input;
  if (logStreamName.length > 512)
    throw invalidParameter('Invalid LogGroup or LogStream, both must have length less than or equal to 512.');
  requireValid(['logStreamName', input.logStreamName, { required: true, length: [1, 512], pattern: NAME_PATTERN }]);
  const { name } = logGroup(logGroupName, call);
  if (logStreams.in(call).has(streamKey(name, logStreamName)))
    throw new AwsFault('ResourceAlreadyExistsException', 'The specified log stream already exists');
  makeStream(call, name, logStreamName);
  return {};
}

export function deleteLogStream(
  { logGroupName, logStreamName }: DeleteLogStreamCommandInput,
  call: Call,
): Record<string, never> {
  const { group, name } = logStream(logGroupName, logStreamName, call);
  const events = eventsOf(call, group, name);
  for (const [id] of events.entries()) events.delete(id);
  logStreams.in(call).delete(streamKey(group, name));
  return {};
}

export function describeLogStreams(
  input: DescribeLogStreamsCommandInput,
  call: Call,
): Answer<DescribeLogStreamsCommandOutput> {
  requireValid(
    ['limit', input.limit, { range: [1, 50] }],
    ['orderBy', input.orderBy, { values: ['LastEventTime', 'LogStreamName'] }],
  );
  const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName', descending = false } = input;
  if (orderBy === 'LastEventTime' && prefix)
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');

  const { name } = logGroup(groupNameOf(input), call);
  const rows = streamsOf(call, name)
    .filter((row) => row.name.startsWith(prefix ?? ''))
    .sort((a, b) => (orderBy === 'LastEventTime' ? (a.lastEvent ?? 0) - (b.lastEvent ?? 0) : a.name < b.name ? -1 : 1));
  const { items, end } = pageOf(descending ? rows.reverse() : rows, input.limit ?? 50, input.nextToken);
  return { logStreams: items.map(answer), ...end };
}

const answer = (row: LogStreamRow): LogStream => ({
  logStreamName: row.name,
  creationTime: row.created,
  ...(row.firstEvent !== undefined && {
    firstEventTimestamp: row.firstEvent,
    lastEventTimestamp: row.lastEvent,
    lastIngestionTime: row.lastIngestion,
    uploadSequenceToken: String(row.events).padStart(56, '4'),
  }),
  arn: row.arn,
  // Always zero since 2019 (API reference, LogStream.storedBytes).
  storedBytes: 0,
});
