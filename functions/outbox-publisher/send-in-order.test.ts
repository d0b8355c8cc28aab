import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffSeconds } from './backoff.ts';
import { deadLetter } from './dead-letters.ts';
import type { OutboxEvent } from './outbox-event.ts';
import { entryBytes, inRequests } from './requests.ts';
import { sendInOrder } from './send-in-order.ts';
import { refusedOf } from './settle.ts';

const event = (id: number, aggregate: string | null): OutboxEvent => ({
  id: String(id),
  aggregate,
  type: 'T',
  source: null,
  payload: '{}',
  createdAt: new Date(0),
  attempts: 0,
});
const entryOf = ({ id }: OutboxEvent): PutEventsRequestEntry => ({ Detail: id, DetailType: 'T', Source: 's' });

/** Aggregates of a batch, which ids are refused, and at which request the bus goes away. */
const batch = fc.record({
  aggregates: fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { nil: null }), { maxLength: 60 }),
  refused: fc.array(fc.nat(59)),
  gone: fc.option(fc.nat(20)),
});

describe('a batch', () => {
  it('whatever is refused and whenever the bus goes away: in order, once, and nobody waits for a stranger', async () => {
    await fc.assert(
      fc.asyncProperty(batch, async ({ aggregates, refused, gone }) => {
        const events = aggregates.map((aggregate, id) => event(id, aggregate));
        const accepted: string[] = [];
        const asked = new Map<string, number>();
        let requests = 0;
        const { verdicts, unavailable } = await sendInOrder(events, entryOf, async (entries) => {
          expect(entries.length).toBeLessThanOrEqual(10);
          if (requests++ === gone) throw new Error('gone');
          await new Promise(setImmediate);
          return entries.map(({ Detail }) => {
            asked.set(Detail!, (asked.get(Detail!) ?? 0) + 1);
            if (refused.includes(Number(Detail))) return { accepted: false, code: 'X', message: 'x' };
            accepted.push(Detail!);
            return { accepted: true };
          });
        });
        expect([...asked.values()].every((times) => times === 1)).toBe(true);
        expect([...verdicts.keys()].map(({ id }) => id).sort()).toEqual([...asked.keys()].sort());
        for (const aggregate of ['a', 'b', 'c', 'd']) {
          const own = events.filter((each) => each.aggregate === aggregate).map(({ id }) => id);
          const sent = accepted.filter((id) => own.includes(id));
          expect(sent).toEqual(own.slice(0, sent.length));
          const stop = own.findIndex((id) => refused.includes(Number(id)));
          if (unavailable === undefined) expect(sent).toEqual(stop === -1 ? own : own.slice(0, stop));
        }
        if (unavailable === undefined)
          expect(events.filter(({ aggregate }) => aggregate === null).every((each) => verdicts.has(each))).toBe(true);
      }),
    );
  });

  it('judges no event twice that is too large, and asks nobody about it', async () => {
    const large = { ...event(1, 'a'), payload: 'x' };
    const { verdicts } = await sendInOrder(
      [large, event(2, 'a'), event(3, 'b')],
      (each) => ({ ...entryOf(each), ...(each === large ? { Detail: 'x'.repeat(1024 * 1024) } : {}) }),
      async (entries) => entries.map(() => ({ accepted: true })),
    );
    expect([...verdicts].map(([{ id }, verdict]) => [id, verdict.accepted]).sort()).toEqual([
      ['1', false],
      ['3', true],
    ]);
    expect(refusedOf(verdicts, 10)).toMatchObject([{ dead: true, refusal: { code: 'EntryTooLarge' } }]);
  });
});

it('requests hold at most ten entries and 256 KB, all of them, in order; what is larger travels alone', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 300_000 }), { maxLength: 40 }), (sizes) => {
      const items = sizes.map((size) => ({ entry: { Detail: 'x'.repeat(size), Source: 's', DetailType: 't' } }));
      const requests = inRequests(items);
      expect(requests.flat()).toEqual(items);
      for (const request of requests) {
        expect(request.length).toBeLessThanOrEqual(10);
        const bytes = request.reduce((sum, { entry }) => sum + entryBytes(entry), 0);
        expect(request.length === 1 || bytes < 256 * 1024).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

it('counts the bytes of an entry as AWS does', () => {
  const entry = {
    Time: new Date(),
    Source: 'é',
    DetailType: 'ab',
    Detail: '{}',
    Resources: ['r', '€'],
    EventBusName: 'free',
  };
  expect(entryBytes(entry)).toBe(14 + 2 + 2 + 2 + 1 + 3);
});

it('pauses grow to a quarter of an hour, and ten attempts last half an hour at least', () => {
  const pauses = Array.from({ length: 9 }, (_, index) => backoffSeconds(index + 1));
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320, 640, 900]);
  expect(pauses.reduce((sum, pause) => sum + pause)).toBeGreaterThan(1800);
  expect(backoffSeconds(1000)).toBe(900);
});

it('a dead letter fits into a message, whatever the event holds', () => {
  const refusal = { accepted: false, code: 'X', message: 'y' } as const;
  fc.assert(
    fc.property(fc.string(), fc.nat(400_000), (text, length) => {
      const letter = deadLetter('t', {
        event: { ...event(1, text), payload: `{"a":"${'x'.repeat(length)}"}` },
        refusal,
      });
      expect(Buffer.byteLength(letter)).toBeLessThanOrEqual(256 * 1024);
      expect(JSON.parse(letter)).toMatchObject({ id: '1', aggregate: text, attempts: 1 });
    }),
    { numRuns: 30 },
  );
});
