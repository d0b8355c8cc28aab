import type { Scope } from '../../kernel/scope.ts';
import { eventsOf, type LogEventRow, logGroups, logStreams, streamKey } from './state.ts';

interface LogLine {
  message: string;
  /** Real milliseconds since 1970; now, when absent. */
  timestamp?: number;
}

/**
 * Writes lines as a log driver would: the stream is made when it is not there. Answers false, and writes nothing, when
 * there is no such group: drivers make one only when they are told to (`awslogs-create-group`).
 */
export function appendLogEvents(
  scope: Scope,
  group: string,
  stream: string,
  lines: readonly (string | LogLine)[],
): boolean {
  if (!logGroups.in(scope).has(group)) return false;
  makeStream(scope, group, stream);
  const now = scope.world.clock.stamp();
  storeEvents(
    scope,
    group,
    stream,
    lines.map((line) => (typeof line === 'string' ? { message: line, timestamp: now } : { timestamp: now, ...line })),
  );
  return true;
}

/** Makes a stream in a group that exists; one that is there stays as it is. */
export function makeStream(scope: Scope, group: string, stream: string): void {
  const key = streamKey(group, stream);
  if (logStreams.in(scope).has(key)) return;
  logStreams.in(scope).put(key, {
    group,
    name: stream,
    arn: `arn:aws:logs:${scope.region}:${scope.account}:log-group:${group}:log-stream:${stream}`,
    created: scope.world.clock.stamp(),
    events: 0,
  });
}

export function storeEvents(
  scope: Scope,
  group: string,
  stream: string,
  events: readonly { message: string; timestamp: number }[],
): void {
  if (events.length === 0) return;
  const table = eventsOf(scope, group, stream);
  const ingestion = scope.world.clock.stamp();
  logStreams.in(scope).update(streamKey(group, stream), (draft) => {
    for (const { message, timestamp } of events) {
      const row: LogEventRow = { timestamp, ingestion, message };
      table.put(String(draft.events), row);
      draft.events += 1;
      draft.firstEvent = Math.min(draft.firstEvent ?? timestamp, timestamp);
      draft.lastEvent = Math.max(draft.lastEvent ?? timestamp, timestamp);
    }
    draft.lastIngestion = ingestion;
  });
}
