/**
 * What the awslogs driver makes of lines: one longer than an event may be becomes several, no batch is larger than
 * PutLogEvents takes, and bytes that are no UTF-8 are replaced.
 * https://github.com/moby/moby/blob/master/daemon/logger/awslogs/cloudwatchlogs.go (maximumBytesPerEvent, processEvent)
 */
const EVENT_OVERHEAD = 26;
const EVENT_BYTES = 262_144 - EVENT_OVERHEAD;
const BATCH_BYTES = 1_048_576;
const BATCH_EVENTS = 10_000;

export function* driverBatches(lines: readonly string[]): Iterable<string[]> {
  let batch: string[] = [];
  let size = 0;
  for (const event of lines.flatMap(eventsOf)) {
    const bytes = Buffer.byteLength(event) + EVENT_OVERHEAD;
    if (batch.length === BATCH_EVENTS || size + bytes > BATCH_BYTES) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(event);
    size += bytes;
  }
  if (batch.length > 0) yield batch;
}

/** Cut between characters; an empty line is no event. */
function eventsOf(line: string): string[] {
  const bytes = Buffer.from(line.toWellFormed());
  const events: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(bytes.length, start + EVENT_BYTES);
    // Continuation bytes belong to the character before the cut.
    while (end < bytes.length && (bytes[end]! & 0xc0) === 0x80) end -= 1;
    events.push(bytes.toString('utf8', start, end));
    start = end;
  }
  return events;
}
