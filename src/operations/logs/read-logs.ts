import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { LogSource } from './log-sources.ts';

/** One line of the contract of `logs --json`. */
export interface LoggedLine {
  /** ISO 8601. */
  at: string;
  component: string;
  task: string;
  text: string;
  /** Where it was written, of functions at the edges. */
  region?: string;
}

interface Found extends LoggedLine {
  ms: number;
  id: string;
}

/** A group of a busy service is many pages; more are not read for one answer. */
const MAX_PAGES = 200;
/** CloudWatch takes some seconds to show a line, and shows lines of different streams out of order. */
const LATE_MS = 30_000;

export interface ReadLogs {
  lines: Found[];
  /** There were more: older lines were left out, or the pages came to no end. */
  truncated: boolean;
  /** Regions beside the environment's own that did not let us look. */
  refused: RefusedRegion[];
}

/** Part of the contract of `logs --json`. */
export interface RefusedRegion {
  region: string;
  reason: string;
}

/** The newest lines of these sources since a moment, by time, at most `limit` of them; with `pattern` those that CloudWatch filters out. */
export async function readLogs(
  { aws }: Pick<Session, 'aws'>,
  sources: readonly LogSource[],
  { since, limit, pattern }: { since: number; limit: number; pattern?: string },
): Promise<ReadLogs> {
  const refused: RefusedRegion[] = [];
  const read = await fewAtATime(sources, (source) =>
    newest(source.region === undefined ? aws : aws.in(source.region), source, { since, limit, pattern }).catch(
      (error: unknown) => {
        if (source.region === undefined || !isRefusal(error)) throw error;
        refused.push({ region: source.region, reason: error.message });
        return { lines: [], truncated: false };
      },
    ),
  );
  const all = read.flatMap(({ lines }) => lines).sort((a, b) => a.ms - b.ms);
  return {
    lines: all.slice(-limit),
    truncated: all.length > limit || read.some(({ truncated }) => truncated),
    refused: refused.sort((a, b) => a.region.localeCompare(b.region, 'en')),
  };
}

/** Organisations forbid regions to their accounts. */
export const isRefusal = (error: unknown): error is PlatformError =>
  error instanceof PlatformError && error.id === 'aws-access-denied';

async function newest(
  { logs }: Session['aws'],
  source: LogSource,
  { since, limit, pattern }: { since: number; limit: number; pattern: string | undefined },
): Promise<Omit<ReadLogs, 'refused'>> {
  let lines: Found[] = [];
  let token: string | undefined;
  let truncated = false;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const answer = await logs.groupEvents(source.group, {
      since,
      token,
      ...(source.prefix ? { prefix: source.prefix } : {}),
      ...(pattern === undefined ? {} : { pattern }),
    });
    for (const event of answer?.events ?? []) {
      lines.push({
        at: new Date(event.at).toISOString(),
        component: source.component,
        task: instanceOf(event.stream),
        text: event.text.replace(/\n$/, ''),
        ...(source.region === undefined ? {} : { region: source.region }),
        ms: event.at,
        id: event.id,
      });
    }
    // Memory is bounded, whatever a service writes.
    if (lines.length > limit) {
      lines = lines.slice(-limit);
      truncated = true;
    }
    token = answer?.token;
    if (token === undefined) return { lines, truncated };
  }
  return { lines, truncated: true };
}

/** The task's id, or that of a function's instance: `2026/11/30/name[3]0f1e…`. */
const instanceOf = (stream: string): string =>
  /\]([0-9a-f]+)$/.exec(stream)?.[1] ?? stream.slice(stream.lastIndexOf('/') + 1);

/** Hands on lines as they come, until the signal; each once, although every look reads the last half minute again. */
export async function followLogs(
  session: Pick<Session, 'aws' | 'clock' | 'reporter' | 'signal' | 'target'>,
  sources: readonly LogSource[],
  { since, limit, onLine }: { since: number; limit: number; onLine: (line: LoggedLine) => void },
): Promise<void> {
  const { clock, reporter, signal, target } = session;
  const seen = new Map<string, number>();
  const told = new Set<string>();
  let from = since;
  while (!signal.aborted) {
    const { lines, truncated, refused } = await readLogs(session, sources, { since: from, limit });
    for (const { region, reason } of refused) {
      if (!told.has(region)) reporter.warn(`not looked at in ${region}: ${reason}`);
      told.add(region);
    }
    if (truncated)
      reporter.warn('more was written than is shown; platform logs --since, with a service, shows the rest');
    for (const line of lines) {
      if (!seen.has(line.id)) onLine(line);
      seen.set(line.id, line.ms);
    }
    const last = lines.at(-1)?.ms;
    if (last !== undefined) from = Math.max(from, last - LATE_MS);
    for (const [id, ms] of seen) if (ms < from) seen.delete(id);
    await clock.sleep(target.pollMs, signal);
  }
}
