import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { OutboxEvent, Verdict } from './outbox-event.ts';
import { entryBytes, inRequests, TOO_LARGE_BYTES } from './requests.ts';

/** Requests under way at a time. */
const SIDE_BY_SIDE = 8;

interface Item {
  event: OutboxEvent;
  entry: PutEventsRequestEntry;
}

/** One verdict per entry; throws when nobody judged them. */
export type Put = (entries: PutEventsRequestEntry[]) => Promise<Verdict[]>;

export interface Sent {
  /** Of events that were judged; the others of the batch were held back. */
  verdicts: Map<OutboxEvent, Verdict>;
  /** Why it ended early: the bus could not be asked. What it had judged until then counts. */
  unavailable?: unknown;
}

/**
 * Publishes a batch in rounds: of every aggregate its next event, ten to a request, requests side by side. An event is
 * sent only when the one before it was accepted, so a refusal holds back its own aggregate and nobody else.
 */
export async function sendInOrder(
  events: readonly OutboxEvent[],
  entryOf: (event: OutboxEvent) => PutEventsRequestEntry,
  put: Put,
): Promise<Sent> {
  const verdicts = new Map<OutboxEvent, Verdict>();
  let waiting = lines(events);
  while (waiting.length > 0) {
    const round = waiting.map((line) => ({ event: line[0]!, entry: entryOf(line[0]!) }));
    const fitting: Item[] = [];
    for (const item of round) {
      if (entryBytes(item.entry) < TOO_LARGE_BYTES) fitting.push(item);
      else verdicts.set(item.event, tooLarge(entryBytes(item.entry)));
    }
    const unavailable = await sendAll(inRequests(fitting), put, verdicts);
    if (unavailable !== undefined) return { verdicts, unavailable };
    waiting = waiting.flatMap((line) => {
      const rest = line.slice(1);
      return rest.length > 0 && releases(verdicts.get(line[0]!)) ? [rest] : [];
    });
  }
  return { verdicts };
}

/** An event that is set aside for good frees its aggregate with the next claim, when that stands in the table. */
const releases = (verdict: Verdict | undefined): boolean => verdict?.accepted === true;

const tooLarge = (bytes: number): Verdict => ({
  accepted: false,
  code: 'EntryTooLarge',
  message: `the entry has ${bytes} bytes; EventBridge takes less than ${TOO_LARGE_BYTES}`,
  final: true,
});

/** Events by aggregate, each in its order. */
function lines(events: readonly OutboxEvent[]): OutboxEvent[][] {
  const byAggregate = new Map<string | OutboxEvent, OutboxEvent[]>();
  for (const event of events) {
    const key = event.aggregate ?? event;
    const line = byAggregate.get(key);
    if (line) line.push(event);
    else byAggregate.set(key, [event]);
  }
  return [...byAggregate.values()];
}

/** Answers with the first reason why a request was not judged; those that were under way then are waited for. */
async function sendAll(requests: Item[][], put: Put, verdicts: Map<OutboxEvent, Verdict>): Promise<unknown> {
  let unavailable: unknown;
  const queue = [...requests];
  const work = async () => {
    for (let next = queue.shift(); next && unavailable === undefined; next = queue.shift()) {
      const request = next;
      try {
        const answers = await put(request.map(({ entry }) => entry));
        for (const [index, { event }] of request.entries()) verdicts.set(event, answers[index]!);
      } catch (error) {
        unavailable ??= error ?? new Error('the bus could not be asked');
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
  return unavailable;
}
