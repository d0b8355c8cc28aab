import { expect, it } from 'vitest';
import { readSettings } from './settings.ts';

const GIVEN = { DATABASE_URL: 'u', EVENT_BUS_NAME: 'b', OUTBOX_TABLE: 'events_outboxevent' };

it('has the defaults of the source system (S0-34, S0-35)', () => {
  expect(readSettings(GIVEN)).toMatchObject({ batchSize: 100, maxAttempts: 10, eventSource: 'outbox', busName: 'b' });
  expect(readSettings({ ...GIVEN, BATCH_SIZE: '7', MAX_ATTEMPTS: '2', EVENT_SOURCE: 'shop' })).toMatchObject({
    batchSize: 7,
    maxAttempts: 2,
    eventSource: 'shop',
  });
});

it.each([
  [{ EVENT_BUS_NAME: '' }, /EVENT_BUS_NAME is not set/],
  [{ OUTBOX_TABLE: undefined }, /OUTBOX_TABLE is not set/],
  [{ OUTBOX_TABLE: 'a.b.c' }, /OUTBOX_TABLE is "a.b.c"/],
  [{ BATCH_SIZE: '0' }, /BATCH_SIZE is "0"/],
  [{ BATCH_SIZE: 'ten' }, /BATCH_SIZE is "ten"/],
  [{ MAX_ATTEMPTS: '1.5' }, /MAX_ATTEMPTS is "1.5"/],
  [{ OUTBOX_COLUMNS: '[]' }, /OUTBOX_COLUMNS is no JSON object/],
  [{ OUTBOX_COLUMNS: '{"idd":"x"}' }, /OUTBOX_COLUMNS names "idd"; it knows id, aggregate/],
  [{ OUTBOX_COLUMNS: '{"id":""}' }, /OUTBOX_COLUMNS has no name for id/],
])('says which variable is wrong: %j', (more, message) => {
  expect(() => readSettings({ ...GIVEN, ...more })).toThrow(message);
});
