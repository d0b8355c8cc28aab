import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type StoppedTask, stoppedTasks } from '../services/stopped-tasks.ts';
import { type EdgeLook, edgeLook, siteSources } from '../sites/site-logs.ts';
import { type Deployed, deployed } from '../tasks/one-off-place.ts';
import { type LogSource, logSources } from './log-sources.ts';
import { followLogs, type LoggedLine, readLogs } from './read-logs.ts';

export interface LogsInput {
  /** A service, a function, a site or `migrations`; absent: everything but what runs at the edges. */
  service?: string;
  sinceMs: number;
  /** Lines, the newest of them. */
  limit: number;
  follow: boolean;
  /** Only of this task, from its first line on. */
  task?: string;
  /** Only of tasks that died. */
  stopped: boolean;
}

/** The contract of `logs --json`. */
export interface LogsOutcome {
  environment: string;
  lines: LoggedLine[];
  /** There were more lines than are shown. */
  truncated: boolean;
  /** With `--stopped`: why they died, the newest first. */
  stopped: StoppedTask[];
  /** Of a site: the regions of its viewers; null where it has no function at the edges, and for everything else. */
  edges: EdgeLook | null;
}

/** Lines of a task that died: its last ones say why. */
const LAST_WORDS = 50;

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>;

/** What containers wrote, merged by time. Lines are handed on as they are found; the outcome has them too. */
export async function logs(
  session: Powers,
  input: LogsInput,
  show: { line: (line: LoggedLine) => void; stopped: (task: StoppedTask) => void },
): Promise<LogsOutcome> {
  const { clock, environment } = session;
  const live = await deployed(session);
  const sources = isSite(environment, input.service)
    ? siteSources(session, live, input.service)
    : logSources(session, live, input.service);
  if (sources.length === 0) throw nothingDeployed(environment.name);
  const common = { environment: environment.name, truncated: false, stopped: [], edges: null };

  if (input.task !== undefined) {
    const lines = await linesOfTask(session, sources, input.task, input.limit);
    if (lines === undefined) throw noSuchTask(input.task, environment.name);
    for (const line of lines) show.line(line);
    return { ...common, lines };
  }
  if (input.stopped) return lastWords(session, live, sources, { ...input, show });

  const since = clock.now() - input.sinceMs;
  if (input.follow) {
    await followLogs(session, sources, { since, limit: input.limit, onLine: show.line }).catch((error: unknown) => {
      // Ctrl-C is how following ends.
      if (!session.signal.aborted) throw error;
    });
    return { ...common, lines: [] };
  }
  const read = await readLogs(session, sources, { since, limit: input.limit });
  const shown = read.lines.map(({ ms: _, id: __, ...line }) => line);
  for (const line of shown) show.line(line);
  return { ...common, lines: shown, truncated: read.truncated, edges: edgeLook(sources, read) };
}

/** What runs in containers, and functions, go before a site of the same name. */
function isSite({ blocks }: Session['environment'], name: string | undefined): name is string {
  if (name === undefined || Object.hasOwn(blocks.services, name) || Object.hasOwn(blocks.functions, name)) return false;
  return Object.hasOwn(blocks.sites, name);
}

async function lastWords(
  session: Powers,
  live: Deployed,
  sources: readonly LogSource[],
  { limit, show }: Pick<LogsInput, 'limit'> & { show: Parameters<typeof logs>[2] },
): Promise<LogsOutcome> {
  const stopped = await stoppedTasks(session, live, sources);
  const lines: LoggedLine[] = [];
  for (const task of stopped) {
    show.stopped(task);
    const words = (await linesOfTask(session, sources, task.task, Math.min(limit, LAST_WORDS))) ?? [];
    for (const line of words) show.line(line);
    lines.push(...words);
  }
  return { environment: session.environment.name, lines, truncated: false, stopped, edges: null };
}

/** The last lines of one task; undefined when no stream is one of it. Its log is there long after ECS has forgotten it. */
async function linesOfTask(
  { aws }: Powers,
  sources: readonly LogSource[],
  task: string,
  limit: number,
): Promise<LoggedLine[] | undefined> {
  const id = task.slice(task.lastIndexOf('/') + 1);
  const streams = sources.flatMap(({ component, group, streams: begin }) =>
    begin.map((start) => ({ component, group, stream: `${start}${id}` })),
  );
  const found = await Promise.all(
    streams.map(async ({ component, group, stream }) => {
      let lines: LoggedLine[] | undefined;
      let token: string | undefined;
      for (;;) {
        const page = await aws.logs.streamEvents(group, stream, token);
        if (page === undefined) return lines;
        const more = page.events.map(({ at, text }) => ({ at: new Date(at).toISOString(), component, task: id, text }));
        lines = [...(lines ?? []), ...more].slice(-limit);
        if (page.token === token) return lines;
        token = page.token;
      }
    }),
  );
  return found.find((lines) => lines !== undefined);
}

export const nothingDeployed = (environment: string) =>
  new PlatformError({
    id: 'logs-nothing-deployed',
    kind: 'failed',
    message: `Nothing that writes logs is deployed in ${environment} yet`,
    remedy: `platform deploy --env ${environment} brings it up`,
  });

const noSuchTask = (task: string, environment: string) =>
  new PlatformError({
    id: 'task-unknown',
    kind: 'usage',
    message: `No task ${task} of ${environment} has written a log`,
    remedy: 'platform logs --stopped lists tasks that died; a task that never started has no log',
  });
