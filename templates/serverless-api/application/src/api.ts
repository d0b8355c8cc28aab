import { connect } from './dispatcher/database.ts';

interface Request {
  httpMethod: string;
  path: string;
  body: string | null;
}

/** `POST /events` with `{"kind": "…", "payload": {…}, "dueAt": "2030-01-01T00:00:00Z"}` has something happen at a time. */
export async function handler({ httpMethod, path, body }: Request) {
  if (path === '{{health}}') return answer(200, { status: 'ok' });
  if (httpMethod !== 'POST' || path !== '/events') return answer(404, { error: 'there is nothing here' });

  const event = eventOf(body);
  if (event === undefined) return answer(400, { error: 'kind and dueAt are needed, dueAt as ISO 8601' });
  const client = await connect();
  try {
    const { rows } = await client.query<{ id: string }>(
      'INSERT INTO scheduled_events (kind, payload, due_at) VALUES ($1, $2, $3) RETURNING id',
      [event.kind, event.payload, event.dueAt],
    );
    return answer(201, { id: rows[0]?.id });
  } finally {
    await client.end().catch(() => {});
  }
}

function eventOf(body: string | null): { kind: string; payload: object; dueAt: Date } | undefined {
  try {
    const { kind, payload = {}, dueAt } = JSON.parse(body ?? '');
    const due = new Date(dueAt);
    return typeof kind === 'string' && !Number.isNaN(due.getTime()) ? { kind, payload, dueAt: due } : undefined;
  } catch {
    return undefined;
  }
}

const answer = (statusCode: number, body: object) => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
