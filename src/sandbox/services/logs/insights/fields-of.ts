import { type Fields, shownTime } from './expression.ts';

/** As many as Insights finds in one line: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_AnalyzeLogData-discoverable-fields.html */
const MOST_FIELDS = 200;

/** What a query knows of a line: its own fields, and those of a message that is JSON, or that a function wrote. */
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
  const ofFunction = lambdaFields(message);
  for (const [name, value] of ofFunction ?? []) fields.set(name, value);
  const found = message.startsWith('{') ? parsed(message) : ofFunction && parsed(embedded(message));
  for (const [name, value] of flat(found, '')) if (!fields.has(name)) fields.set(name, value);
  return fields;
}

/** A line that Node.js writes for `console.log`: time, request, level, text. */
const WRITTEN = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t([\w-]{36})\t[A-Z]+\t/;
const OF_LAMBDA = /^(START|END|REPORT) RequestId: ([\w-]{36})/;

/** What Insights finds in the lines of functions by itself; sizes are bytes there, of millions to the megabyte. */
function lambdaFields(message: string): [string, string][] | undefined {
  const written = WRITTEN.exec(message);
  if (written) return [['@requestId', written[1]!]];
  const [, type, request] = OF_LAMBDA.exec(message) ?? [];
  if (!type || !request) return undefined;
  const number = (label: string, factor: number): string | undefined => {
    const found = new RegExp(`\\t${label}: ([\\d.]+) `).exec(message)?.[1];
    return found === undefined ? undefined : String(Number(found) * factor);
  };
  const measured: [string, string | undefined][] = [
    ['@duration', number('Duration', 1)],
    ['@billedDuration', number('Billed Duration', 1)],
    ['@initDuration', number('Init Duration', 1)],
    ['@memorySize', number('Memory Size', 1_000_000)],
    ['@maxMemoryUsed', number('Max Memory Used', 1_000_000)],
  ];
  return [
    ['@type', type],
    ['@requestId', request],
    ...measured.filter((one): one is [string, string] => one[1] !== undefined),
  ];
}

/** "only for the first embedded JSON fragment in each log event", as the page above says of functions. */
function embedded(message: string): string {
  const start = message.indexOf('{');
  if (start < 0) return '';
  let [depth, inText] = [0, false];
  for (let at = start; at < message.length; at++) {
    const sign = message[at];
    if (inText) {
      if (sign === '\\') at++;
      else if (sign === '"') inText = false;
    } else if (sign === '"') inText = true;
    else if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return message.slice(start, at + 1);
  }
  return '';
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
