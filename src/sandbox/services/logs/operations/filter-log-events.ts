import type { FilterLogEventsCommandInput, FilterLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { filterPattern } from '../filter-pattern.ts';
import { groupNameOf, logGroup } from '../lookup.ts';
import { invalidParameter, pageOf, requireValid, streamMissing } from '../refusals.ts';
import { eventsOf, streamsOf } from '../state.ts';

/** Lines of all streams of a group, or of the named ones, by time. */
export function filterLogEvents(input: FilterLogEventsCommandInput, call: Call): Answer<FilterLogEventsCommandOutput> {
  requireValid(
    ['limit', input.limit, { range: [1, 10_000] }],
    ['logStreamNames', input.logStreamNames, { length: [1, 100] }],
  );
  const { logStreamNames, logStreamNamePrefix, startTime = 0, endTime = Infinity, limit = 10_000 } = input;
  if (logStreamNames && logStreamNamePrefix !== undefined)
    throw invalidParameter('Only one of logStreamNames and logStreamNamePrefix may be specified.');
  const { name } = logGroup(groupNameOf(input), call);
  const matches = filterPattern(input.filterPattern);

  const streams = streamsOf(call, name);
  if (logStreamNames?.some((wanted) => !streams.some((stream) => stream.name === wanted))) throw streamMissing();
  const found = streams
    .filter((stream) => logStreamNames?.includes(stream.name) ?? stream.name.startsWith(logStreamNamePrefix ?? ''))
    .flatMap((stream) =>
      eventsOf(call, name, stream.name)
        .entries()
        .filter(([, { timestamp, message }]) => timestamp >= startTime && timestamp <= endTime && matches(message))
        .map(([id, { timestamp, message, ingestion }]) => ({
          logStreamName: stream.name,
          timestamp,
          message,
          ingestionTime: ingestion,
          eventId: eventId(stream.created, timestamp, Number(id)),
        })),
    )
    .sort((a, b) => a.timestamp - b.timestamp || (a.eventId < b.eventId ? -1 : 1));
  const { items, end } = pageOf(found, limit, input.nextToken);
  return { events: items, searchedLogStreams: [], ...end };
}

/** 56 digits that rise with time and do not repeat within a group. */
const eventId = (streamCreated: number, timestamp: number, index: number): string =>
  `${String(timestamp).padStart(16, '3')}${String(streamCreated).padStart(20, '0')}${String(index).padStart(20, '0')}`;
