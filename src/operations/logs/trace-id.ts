import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { spanLine } from '../../domain/span-line.ts';
import { anyOf, traceAddress, traceIds } from '../../domain/trace-ids.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { readAudit } from '../../release/audit-trail.ts';
import { stateOf } from '../state-of.ts';
import { type Deployed, deployed } from '../tasks/one-off-place.ts';
import { type LogSource, logSources } from './log-sources.ts';
import { nothingDeployed } from './logs.ts';
import { type LoggedLine, type ReadLogs, readLogs } from './read-logs.ts';

export interface TraceInput {
  id: string;
  sinceMs: number;
  limit: number;
}

/** The contract of `logs trace --json`. */
export interface TraceOutcome {
  environment: string;
  id: string;
  /**
   * `log`: of a component, an API's access log among them. `span`: what a component told X-Ray. `audit`: what somebody
   * did with platform.
   */
  lines: (LoggedLine & { from: 'log' | 'span' | 'audit' })[];
  truncated: boolean;
  /** Page of the trace in the console, where the id is a trace's and something is traced. */
  console?: string;
}

/**
 * Where X-Ray keeps the spans of an account whose Transaction Search is on; elsewhere there is no such group.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search.html
 */
const SPANS: LogSource[] = [{ component: 'span', group: 'aws/spans', streams: [] }];
const NOTHING: ReadLogs = { lines: [], truncated: false, refused: [] };

/** Entries of the audit trail that are looked through, the newest. */
const AUDITED = 500;

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>;

/** Everything that names an id, by time: a request through API, services, queues and consumers, as far as they log it. */
export async function traceId(session: Powers, { id, sinceMs, limit }: TraceInput): Promise<TraceOutcome> {
  const { clock, environment } = session;
  // CloudWatch knows no way to write these in a phrase.
  if (id.trim() === '' || /["\\\p{Cc}]/u.test(id)) throw noId(id);
  const live = await deployed(session);
  const sources = [...logSources(session, live), ...accessLogs(session, live)];
  if (sources.length === 0) throw nothingDeployed(environment.name);
  const since = clock.now() - sinceMs;
  const { tracing } = environment.blocks.observability;
  const pattern = anyOf(traceIds(id));
  const [{ lines, truncated }, spans, audited] = await Promise.all([
    readLogs(session, sources, { since, limit, pattern }),
    tracing ? readLogs(session, SPANS, { since, limit, pattern }) : NOTHING,
    auditOf(session, id, since),
  ]);
  const page = tracing ? traceAddress(id, environment.region) : undefined;
  const found = [
    ...lines.map(({ at, component, task, text }) => ({ at, component, task, text, from: 'log' as const })),
    ...spans.lines.map(({ at, task, text }) => ({
      at,
      task,
      ...(spanLine(text) ?? { component: 'span', text }),
      from: 'span' as const,
    })),
    ...audited,
  ].sort((one, other) => (one.at < other.at ? -1 : 1));
  return {
    environment: environment.name,
    id,
    lines: found.slice(-limit),
    truncated: truncated || spans.truncated || found.length > limit,
    ...(page === undefined ? {} : { console: page }),
  };
}

/** Of APIs, which are no component of their own. */
const accessLogs = ({ environment }: Powers, { outputsOf }: Deployed): LogSource[] =>
  Object.keys(environment.blocks.apis).flatMap((name) => {
    const group = outputsOf('functions')[outputs.functions.apiAccessLog(name)];
    return group === undefined ? [] : [{ component: `apis.${name}`, group, streams: [] }];
  });

async function auditOf(session: Powers, id: string, since: number): Promise<TraceOutcome['lines']> {
  const { objects } = await stateOf(session);
  const entries = await readAudit(objects, session.environment.name, AUDITED);
  return entries.flatMap((entry) => {
    const { at, event, thing, principal, host } = entry;
    if (Date.parse(at) < since || !JSON.stringify(entry).includes(id)) return [];
    return [
      { at, component: 'audit', task: event, text: `${event} ${thing} by ${principal} on ${host}`, from: 'audit' },
    ];
  });
}

const noId = (id: string) =>
  new PlatformError({
    id: 'trace-id',
    kind: 'usage',
    message: `${JSON.stringify(id)} is no id that logs can be searched for`,
    remedy: 'give a request id, an event id or a trace id, without quotes and backslashes',
  });
