/** What each column is called; the defaults are those of the README's table. */
const USUAL = {
  id: 'id',
  aggregate: 'aggregate_id',
  type: 'event_type',
  payload: 'payload',
  createdAt: 'created_at',
  attempts: 'attempts',
  nextAttemptAt: 'next_attempt_at',
  publishedAt: 'published_at',
  failedAt: 'failed_at',
  lastError: 'last_error',
};

export type Columns = typeof USUAL & {
  /** Whose event it is; without the column every event has the source of the environment. */
  source?: string;
};

/** `OUTBOX_COLUMNS`: names that differ, as JSON: `{"aggregate":"tenant_id"}`. */
export function columnsOf(text: string | undefined): Columns {
  if (!text) return { ...USUAL };
  const given = objectOf(text);
  for (const [key, name] of Object.entries(given)) {
    if (!Object.hasOwn(USUAL, key) && key !== 'source')
      throw new Error(`OUTBOX_COLUMNS names ${JSON.stringify(key)}; it knows ${Object.keys(USUAL).join(', ')}, source`);
    if (typeof name !== 'string' || name === '' || name.includes('\0'))
      throw new Error(`OUTBOX_COLUMNS has no name for ${key}`);
  }
  return { ...USUAL, ...given };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {}
  throw new Error('OUTBOX_COLUMNS is no JSON object');
}
