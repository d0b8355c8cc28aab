import { randomUUID } from 'node:crypto';
import type { PutEventsCommandInput, PutEventsCommandOutput, PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { deliver } from '../deliver.ts';
import { lookUpBus } from '../find.ts';
import { invalid } from '../refusals.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
const TOTAL_BYTES = 1_048_576;

export function putEvents({ Entries = [] }: PutEventsCommandInput, call: Call): Answer<PutEventsCommandOutput> {
  if (Entries.length < 1 || Entries.length > 10)
    throw invalid(
      `1 validation error detected: Value '[${Entries.map(shown).join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length ${Entries.length < 1 ? 'greater than or equal to 1' : 'less than or equal to 10'}`,
    );
  if (Entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > TOTAL_BYTES)
    throw invalid('Total size of the entries in the request is over the limit.');

  const answers = Entries.map((entry) => putOne(entry, call));
  return {
    FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length,
    Entries: answers,
  };
}

const shown = (entry: PutEventsRequestEntry): string =>
  `PutEventsRequestEntry(time=${entry.Time?.toISOString() ?? null}, source=${entry.Source ?? null}, resources=${entry.Resources ? `[${entry.Resources.join(', ')}]` : null}, detailType=${entry.DetailType ?? null}, detail=${entry.Detail ?? null}, eventBusName=${entry.EventBusName ?? null}, traceHeader=${entry.TraceHeader ?? null}, kmsKeyIdentifier=null, internalMetadata=null)`;

const sizeOf = ({ Time, Source = '', DetailType = '', Detail = '', Resources = [] }: PutEventsRequestEntry): number =>
  (Time ? 14 : 0) +
  [Source, DetailType, Detail, ...Resources].reduce((bytes, text) => bytes + Buffer.byteLength(text), 0);

function putOne(entry: PutEventsRequestEntry, call: Call) {
  for (const name of ['Source', 'DetailType', 'Detail'] as const)
    if (!entry[name])
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
  const detail = parse(entry.Detail!);
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail))
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };

  const EventId = randomUUID();
  const bus = lookUpBus(entry.EventBusName, call);
  const time = entry.Time ?? new Date(call.world.clock.stamp());
  // An event for a bus that is not there is accepted and lost (recording test_put_events_nonexistent_event_bus).
  if (bus)
    deliver(
      bus.name,
      {
        version: '0',
        id: EventId,
        'detail-type': entry.DetailType,
        source: entry.Source,
        account: call.account,
        time: time.toISOString().replace(/\.\d{3}Z$/, 'Z'),
        region: call.region,
        resources: [...(entry.Resources ?? [])],
        detail,
      },
      call,
    );
  return { EventId };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
