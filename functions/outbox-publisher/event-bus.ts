import { type EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { Verdict } from './outbox-event.ts';

/** Asks EventBridge; throws what is no judgement of the events: no network, no permission, throttled as a whole. */
export class EventBus {
  readonly #client: Pick<EventBridgeClient, 'send'>;
  readonly #signal: AbortSignal;

  constructor(client: Pick<EventBridgeClient, 'send'>, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  async put(entries: PutEventsRequestEntry[]): Promise<Verdict[]> {
    try {
      const { Entries = [] } = await this.#client.send(new PutEventsCommand({ Entries: entries }), {
        abortSignal: this.#signal,
      });
      return entries.map((_, index) => verdictOf(Entries[index]));
    } catch (error) {
      if (!isAboutTheEvents(error)) throw error;
      // One of them spoils the request for all: each is asked about alone, so that only its own attempts count (D5).
      if (entries.length > 1) return (await oneByOne(entries, (entry) => this.put([entry]))).flat();
      const { name, message } = error as Error;
      return [{ accepted: false, code: name, message }];
    }
  }
}

/** An entry that is answered with neither an id nor a code was not accepted. */
function verdictOf(entry: { EventId?: string; ErrorCode?: string; ErrorMessage?: string } | undefined): Verdict {
  if (entry?.EventId && !entry.ErrorCode) return { accepted: true };
  return {
    accepted: false,
    code: entry?.ErrorCode ?? 'NoAnswer',
    message: entry?.ErrorMessage ?? 'EventBridge said nothing about this entry',
  };
}

/** The request was refused for what it holds, which sending it again does not change. */
function isAboutTheEvents(error: unknown): boolean {
  const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
  return name === 'ValidationException' || name === 'SerializationException' || $metadata?.httpStatusCode === 413;
}

async function oneByOne<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  for (const item of items) answers.push(await act(item));
  return answers;
}
