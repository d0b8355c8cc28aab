import { type Fields, shownTime } from './expression.ts';

/** As many as Insights finds in one line: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
const MOST_FIELDS = 200;

/** What a query knows of a line: its own fields, and those of a message that is JSON. */
export function fieldsOf(
  { timestamp, ingestion, message }: { timestamp: number; ingestion: number; message: string },
  { log, stream }: { log: string; stream: string },
): Fields {
  const fields = new Map([
    ['@timestamp', shownTime(timestamp)],
    ['@ingestionTime', shownTime(ingestion)],
    ['@message', message],
    ['@logStream', stream],
    ['@log', log],
  ]);
  if (message.startsWith('{')) for (const [name, value] of flat(parsed(message), '')) fields.set(name, value);
  return fields;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `a.b` and `list.0`; null is not there. */
function flat(value: unknown, path: string): [string, string][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return path === '' ? [] : [[path, String(value)]];
  return Object.entries(value)
    .flatMap(([key, inner]) => flat(inner, path === '' ? key : `${path}.${key}`))
    .slice(0, MOST_FIELDS);
}
