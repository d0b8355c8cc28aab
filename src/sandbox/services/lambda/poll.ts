import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import type { World } from '../../kernel/world.ts';
import { eventPattern } from '../events/event-pattern.ts';
import { effectiveAttributes, redrivePolicyOf } from '../sqs/attributes.ts';
import { queueAt, scopeOf } from '../sqs/find-queue.ts';
import { liveMessages, placeOf, take } from '../sqs/receive.ts';
import { type MessageRow, messagesOf, type QueueRow } from '../sqs/state.ts';
import { admit, leave } from './admit.ts';
import { referenceOf } from './names.ts';
import { type Planned, type Result, runFunction } from './run-function.ts';
import { sqsRecord } from './sqs-record.ts';
import { type MappingRow, mappings } from './state.ts';
import { POLL, pollLater } from './wake-mappings.ts';

/** Batches at once of a mapping that names no bound; AWS begins with five and adds more. */
const CONCURRENCY = 5;
/** A batch that found no room is tried again. */
const BACKOFF_MS = 5_000;

export const pollTimers: Readonly<Record<string, TimerHandler>> = {
  [POLL]: ({ uuid }: { uuid: string }, scope) => poll(uuid, scope),
};

/** Reads a queue for a function, as many batches as there may be at once. */
function poll(uuid: string, scope: Scope): void {
  for (;;) {
    const mapping = mappings.in(scope).get(uuid);
    const queue = mapping && queueAt(mapping.sourceArn, scope);
    if (!queue || mapping.state !== 'Enabled' || runningOf(scope, uuid) >= (mapping.maxConcurrency ?? CONCURRENCY))
      return;
    if (waits(mapping, queue, scope)) return;
    const batch = batchOf(mapping, queue, scope);
    if (batch.length === 0) {
      lookAgain(uuid, queue, scope);
      return;
    }
    const wanted = batch.filter((row) => passes(mapping, row));
    const away = batch.filter((row) => !wanted.includes(row));
    remove(queue, away, scope);
    if (wanted.length > 0 && !begin(mapping, queue, wanted, scope)) return;
  }
}

/** Messages that are out of sight are looked for when they come back. */
export function lookAgain(uuid: string, queue: QueueRow, scope: Scope): void {
  const now = scope.world.clock.now();
  const hidden = liveMessages(queue, scopeOf(scope, queue)).flatMap(([, { visible }]) =>
    visible > now ? [visible] : [],
  );
  if (hidden.length === 0) return;
  // Without dead letters a message that fails would make time pass until it is too old to be kept.
  const background = redrivePolicyOf(queue) === undefined;
  pollLater(uuid, Math.min(...hidden) - now, scope, { background });
}

/** Batches that functions are working on, by mapping: only as long as this server lives. */
const working = new WeakMap<World, Map<string, number>>();
const runningOf = ({ world }: Scope, uuid: string): number => working.get(world)?.get(uuid) ?? 0;
function count({ world }: Scope, uuid: string, change: 1 | -1): void {
  const counts = working.get(world) ?? new Map<string, number>();
  working.set(world, counts.set(uuid, (counts.get(uuid) ?? 0) + change));
}

/** With a window, a batch that is not full waits for its oldest message to have waited as long. */
function waits({ uuid, windowS, batchSize }: MappingRow, queue: QueueRow, scope: Scope): boolean {
  if (windowS === 0) return false;
  const now = scope.world.clock.now();
  const visible = liveMessages(queue, scopeOf(scope, queue)).filter(([, row]) => row.visible <= now);
  if (visible.length === 0 || visible.length >= batchSize) return false;
  const since = Math.min(...visible.map(([, row]) => row.visible));
  if (now - since >= windowS * 1_000) return false;
  pollLater(uuid, since + windowS * 1_000 - now, scope);
  return true;
}

function batchOf({ batchSize }: MappingRow, queue: QueueRow, scope: Scope): MessageRow[] {
  const visibilityMs = Number(effectiveAttributes(queue).VisibilityTimeout) * 1_000;
  return take(queue, batchSize, visibilityMs, scopeOf(scope, queue));
}

/** Messages that no filter lets through are deleted: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html */
function passes({ filters }: MappingRow, row: MessageRow): boolean {
  if (!filters) return true;
  return filters.some((text) => {
    const pattern = JSON.parse(text) as { body?: unknown };
    const body = parsed(row.body);
    // A pattern of a plain text does not fit JSON, nor the other way round.
    const isPlain = Array.isArray(pattern.body);
    if (pattern.body !== undefined && isPlain !== (typeof body !== 'object')) return false;
    return eventPattern(text)({ body });
  });
}

function parsed(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? value : text;
  } catch {
    return text;
  }
}

function remove(queue: QueueRow, rows: readonly MessageRow[], scope: Scope): void {
  const table = messagesOf(scopeOf(scope, queue), queue.name);
  for (const { receipt } of rows) table.delete(placeOf(receipt!)!);
}

/** False when there is no room for the function: then the messages come back by themselves. */
function begin(mapping: MappingRow, queue: QueueRow, batch: readonly MessageRow[], scope: Scope): boolean {
  const event = JSON.stringify({ Records: batch.map((row) => sqsRecord(row, queue, scope)) });
  let plan: Planned;
  try {
    plan = admit(referenceOf({ FunctionName: mapping.functionArn }, scope), event, scope);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    pollLater(mapping.uuid, Math.max(BACKOFF_MS, Number(effectiveAttributes(queue).VisibilityTimeout) * 1_000), scope);
    return false;
  }
  count(scope, mapping.uuid, 1);
  const release = scope.world.hold();
  scope.world.beside(async () => {
    try {
      const result = await runFunction(plan).finally(() => {
        leave(plan);
        count(scope, mapping.uuid, -1);
      });
      await scope.world.transaction(() => settle(mapping, queue, batch, result, scope));
    } finally {
      release();
    }
  });
  return true;
}

/** What the function has done goes; the rest is seen again when its visibility ends, and then perhaps goes to the dead letters. */
function settle(
  { uuid, reportsFailures }: MappingRow,
  queue: QueueRow,
  batch: readonly MessageRow[],
  result: Result,
  scope: Scope,
): void {
  if (queueAt(queue.arn, scope)) {
    const failures = result.failed ? 'all' : reportsFailures ? failuresOf(result.payload, batch) : [];
    const done = failures === 'all' ? [] : batch.filter(({ id }) => !failures.includes(id));
    remove(queue, done, scope);
    if (done.length < batch.length) lookAgain(uuid, queue, scope);
  }
  pollLater(uuid, 0, scope);
}

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html: an answer without failures is success,
 * one that cannot be read or names what is not in the batch fails all of it.
 */
function failuresOf(payload: string, batch: readonly MessageRow[]): string[] | 'all' {
  const answer = JSON.parse(payload) as { batchItemFailures?: unknown } | null;
  const failures = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return 'all';
  const ids = failures.map((each: { itemIdentifier?: unknown } | null) => each?.itemIdentifier);
  const known = new Set(batch.map(({ id }) => id));
  return ids.every((id): id is string => typeof id === 'string' && known.has(id)) ? ids : 'all';
}
