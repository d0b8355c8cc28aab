import type { PutLogEventsCommandInput, PutLogEventsCommandOutput } from '@aws-sdk/client-cloudwatch-logs';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { storeEvents } from '../append-log-events.ts';
import { logGroup, logStream } from '../lookup.ts';
import { invalidParameter, requireValid } from '../refusals.ts';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** API reference, PutLogEvents. */
const BATCH_BYTES = 1_048_576;

export function putLogEvents(input: PutLogEventsCommandInput, call: Call): Answer<PutLogEventsCommandOutput> {
  const { logEvents = [] } = input;
  requireValid(['logEvents', input.logEvents, { required: true, length: [1, 10_000] }]);
  const stream = logStream(input.logGroupName, input.logStreamName, call);
  const { retentionDays = 14 } = logGroup(stream.group, call);

  const events = logEvents.map(({ message = '', timestamp = 0 }) => ({ message, timestamp }));
  if (events.some(({ message }) => message === '')) throw invalidParameter('Log event message must not be empty.');
  if (events.reduce((bytes, { message }) => bytes + Buffer.byteLength(message) + 26, 0) > BATCH_BYTES)
    throw invalidParameter(`Upload too large: bytes exceeds limit of ${BATCH_BYTES}`);
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0)))
    throw invalidParameter('Log events in a single PutLogEvents request must be in chronological order.');

  const now = call.world.clock.stamp();
  const tooOld = events.filter(({ timestamp }) => timestamp < now - 14 * DAY_MS).length;
  const expired = events.filter(({ timestamp }) => timestamp < now - retentionDays * DAY_MS).length;
  const tooNew = events.findIndex(({ timestamp }) => timestamp > now + 2 * HOUR_MS);
  storeEvents(
    call,
    stream.group,
    stream.name,
    events.slice(Math.max(tooOld, expired), tooNew === -1 ? undefined : tooNew),
  );

  const rejected = {
    ...(tooNew !== -1 && { tooNewLogEventStartIndex: tooNew }),
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > tooOld && { expiredLogEventEndIndex: expired }),
  };
  return {
    // Tokens are not looked at any more; AWS still sends one.
    nextSequenceToken: String(now).padStart(56, '4'),
    ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
  };
}
