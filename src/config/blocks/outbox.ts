import { z } from 'zod';

const column = (what: string, usual?: string) =>
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'a column name')
    .optional()
    .describe(`${what}${usual ? ` Absent: \`${usual}\`.` : ''}`);

/** Names that differ from those of functions/outbox-publisher/outbox.sql. */
const columns = z.strictObject({
  id: column('What grows with each event: an identity, a sequence or a UUIDv7.', 'id'),
  aggregate: column('What events belong to: those of one aggregate are published in order.', 'aggregate_id'),
  type: column('The detail type of the event.', 'event_type'),
  payload: column('The detail of the event, a JSON object.', 'payload'),
  createdAt: column('When it was written.', 'created_at'),
  attempts: column('How often it was tried.', 'attempts'),
  nextAttemptAt: column('Before when it is not tried again.', 'next_attempt_at'),
  publishedAt: column('When it was published.', 'published_at'),
  failedAt: column('When it was set aside.', 'failed_at'),
  lastError: column('Why it was refused last.', 'last_error'),
  source: column('Whose event it is. Absent: every event has the source `outbox`.'),
});

export const outbox = z.strictObject({
  table: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}(?:\.[a-z_][a-z0-9_]{0,62})?$/, 'a table name, optionally with its schema')
    .describe('The table that holds unpublished events.'),
  columns: columns.optional().describe('Columns of the table that have other names than ours.'),
  batchSize: z.number().int().min(1).max(10000).default(100).describe('Events that a run claims at a time.'),
  maxAttempts: z.number().int().min(1).max(1000).default(10).describe('Attempts until an event is set aside.'),
});
