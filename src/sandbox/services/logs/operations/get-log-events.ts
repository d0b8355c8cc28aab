import type { GetLogEventsCommandInput, GetLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { groupNameOf, logStream } from '../lookup.ts';
import { invalidToken, requireValid } from '../refusals.ts';
import { eventsOf } from '../state.ts';

/**
 * Reading on with `nextForwardToken` gives what came since; when there is nothing, the same token comes back.
 * A token is `f/` or `b/`, the place in 56 digits, `/s`.
 */
export function getLogEvents(input: GetLogEventsCommandInput, call: Call): Answer<GetLogEventsCommandOutput> {
  requireValid(['limit', input.limit, { range: [1, 10_000] }]);
  const { limit = 10_000, startTime = 0, endTime = Infinity, nextToken, startFromHead = false } = input;
  const stream = logStream(groupNameOf(input), input.logStreamName, call);
  const events = eventsOf(call, stream.group, stream.name)
    .values()
    .sort((a, b) => a.timestamp - b.timestamp)
    .filter(({ timestamp }) => timestamp >= startTime && timestamp < endTime);

  const [direction, at] = nextToken === undefined ? [startFromHead ? 'f' : 'b', undefined] : parse(nextToken);
  const start = direction === 'f' ? (at ?? 0) : Math.max(0, (at ?? events.length) - limit);
  const end = direction === 'f' ? Math.min(events.length, start + limit) : (at ?? events.length);
  const shown = events.slice(start, end);
  return {
    events: shown.map(({ timestamp, message, ingestion }) => ({ timestamp, message, ingestionTime: ingestion })),
    nextForwardToken: `f/${String(Math.max(start, end)).padStart(56, '0')}/s`,
    nextBackwardToken: `b/${String(start).padStart(56, '0')}/s`,
  };
}

function parse(token: string): ['f' | 'b', number] {
  const match = /^([fb])\/(\d{56})\/s$/.exec(token);
  return match ? [match[1] as 'f' | 'b', Number(match[2])] : invalidToken();
}
