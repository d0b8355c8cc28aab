import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { type PostRow, posts, type SubscriptionRow } from './state.ts';

/** The newest so many are kept. */
const MOST = 500;
const TIMEOUT_MS = 15_000;

interface Letter {
  row: SubscriptionRow;
  kind: PostRow['kind'];
  messageId: string;
  subject: string;
  body: string;
  raw?: boolean;
}

/**
 * Keeps what goes to somebody outside of AWS where it can be looked at. Only servers on this machine really get it, in
 * one try: a rehearsal writes to nobody.
 */
export function post(scope: Scope, letter: Letter): void {
  const { row, kind, subject, body } = letter;
  const table = posts.in(scope);
  for (const [id] of table.entries().slice(0, Math.max(0, table.size - MOST + 1))) table.delete(id);
  const id = randomUUID();
  const isHere = isLoopback(row);
  table.put(id, {
    at: scope.world.clock.stamp(),
    protocol: row.protocol,
    endpoint: row.endpoint,
    topicArn: row.topicArn,
    kind,
    subject,
    body,
    outcome: isHere ? 'under way' : 'kept',
  });
  if (isHere) scope.world.beside(() => carry(scope, id, letter));
}

function isLoopback({ protocol, endpoint }: SubscriptionRow): boolean {
  if (!['http', 'https'].includes(protocol)) return false;
  return /^(127\.0\.0\.1|\[::1\]|(.+\.)?localhost)$/.test(new URL(endpoint).hostname);
}

/** Headers: recording test_subscribe_external_http_endpoint. */
async function carry(scope: Scope, id: string, { row, kind, messageId, body, raw }: Letter): Promise<void> {
  const done = scope.world.hold();
  let outcome: PostRow['outcome'];
  try {
    const answer = await fetch(row.endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'user-agent': 'Amazon Simple Notification Service Agent',
        'x-amz-sns-message-type': kind,
        'x-amz-sns-message-id': messageId,
        'x-amz-sns-topic-arn': row.topicArn,
        ...(kind === 'Notification' ? { 'x-amz-sns-subscription-arn': row.arn } : {}),
        ...(raw ? { 'x-amz-sns-rawdelivery': 'true' } : {}),
      },
      body,
      signal: AbortSignal.any([scope.world.closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    outcome = answer.status;
  } catch {
    outcome = 'unreachable';
  } finally {
    done();
  }
  await scope.world.transaction(() => {
    if (posts.in(scope).has(id))
      posts.in(scope).update(id, (draft) => {
        draft.outcome = outcome;
      });
  });
}
