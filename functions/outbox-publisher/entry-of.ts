import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { OutboxEvent } from './outbox-event.ts';

export interface Envelope {
  busName: string;
  table: string;
  eventSource: string;
}

/**
 * The payload is the detail, untouched. Delivery is at least once, so consumers need a name that stays the same when an
 * event is published again: EventBridge gives a new `id` each time, so the row's own stands in `resources`.
 */
export const entryOf = (event: OutboxEvent, { busName, table, eventSource }: Envelope): PutEventsRequestEntry => ({
  EventBusName: busName,
  Source: event.source || eventSource,
  DetailType: event.type,
  Detail: event.payload,
  Time: event.createdAt,
  Resources: [`outbox:${table}/${event.id}`, ...(event.aggregate === null ? [] : [`aggregate:${event.aggregate}`])],
});
