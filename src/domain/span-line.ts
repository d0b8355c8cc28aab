interface Span {
  component: string;
  text: string;
}

/**
 * One span as Transaction Search keeps it, as a line: what was asked of whom, how it went, how long it took. Undefined
 * for what is no span.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search-ingesting-span-log-groups.html
 */
export function spanLine(line: string): Span | undefined {
  const span = parsed(line);
  if (typeof span?.name !== 'string') return undefined;
  const attributes = mapOf(span.attributes);
  const code = attributes['http.response.status_code'] ?? attributes['http.status_code'];
  const failed = mapOf(span.status).code === 'ERROR';
  const ms = millisecondsOf(span);
  const parts = [
    `${typeof span.kind === 'string' && span.kind !== 'INTERNAL' ? `${span.kind.toLowerCase()} ` : ''}${span.name}`,
    ...(code === undefined ? [] : [String(code)]),
    ...(failed ? ['error'] : []),
    ...(ms === undefined ? [] : [`${ms} ms`]),
  ];
  const resource = mapOf(mapOf(span.resource).attributes);
  return { component: String(resource['service.name'] ?? 'span'), text: parts.join(', ') };
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const mapOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

function millisecondsOf({ durationNano, startTimeUnixNano, endTimeUnixNano }: Record<string, unknown>) {
  const nano = Number(durationNano ?? Number(endTimeUnixNano) - Number(startTimeUnixNano));
  return Number.isFinite(nano) ? Math.round(nano / 1e5) / 10 : undefined;
}
