import { SAVED_QUERIES } from '../../../infra/observability/saved-queries.ts';
import type { Session } from '../../context.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { deployed } from '../tasks/one-off-place.ts';
import { waitFor } from '../wait-for.ts';
import { logSources } from './log-sources.ts';
import { nothingDeployed } from './logs.ts';

export interface QueryInput {
  /** The name of a saved query, or a query. */
  query: string;
  /** A service, a function, or `migrations`; absent: all. */
  name?: string;
  sinceMs: number;
  /** Rows at most, where the query itself has no limit. */
  limit: number;
}

/** The contract of `logs query --json`. */
export interface QueryOutcome {
  environment: string;
  /** Null for a query that was typed. */
  saved: string | null;
  query: string;
  /** Log groups that were asked. */
  groups: string[];
  /** What each row has of the columns. */
  rows: Record<string, string>[];
  statistics: { matched: number; scanned: number; bytes: number };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const GROUPS_AT_ONCE = 50;
/** AWS gives up after an hour itself. */
const FOR_MS = 15 * 60_000;

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'reporter' | 'signal' | 'target'>;

/** Asks Logs Insights about the logs of an environment. A query that nobody waits for any more is stopped: it costs by what it reads. */
export async function queryLogs(session: Powers, input: QueryInput): Promise<QueryOutcome> {
  const { aws, clock, environment, reporter, signal, target } = session;
  const saved = await savedQuery(session, input.query);
  const query = saved?.text ?? input.query;
  const live = await deployed(session);
  const sources = logSources(session, live, input.name);
  const groups = [...new Set(sources.map(({ group }) => group))];
  if (groups.length === 0) throw nothingDeployed(environment.name);
  if (groups.length > GROUPS_AT_ONCE)
    reporter.warn(`Insights asks ${GROUPS_AT_ONCE} log groups at once: --of names a component of the ${groups.length}`);
  const asked = groups.slice(0, GROUPS_AT_ONCE);
  const started = await aws.logs.startQuery({
    query,
    groups: asked,
    since: clock.now() - input.sinceMs,
    until: clock.now(),
    limit: input.limit,
  });
  if ('malformed' in started) throw malformed(input.query, saved !== undefined, started.malformed);
  const { id } = started;
  // Ctrl-C must not keep us from it.
  const stop = () => aws.uninterrupted().logs.stopQuery(id);
  const ended = await reporter
    .step(`Asking the logs of ${environment.name}`, (update) =>
      waitFor({ clock, everyMs: target.pollMs, forMs: FOR_MS, signal }, async () => {
        const found = await aws.logs.queryResults(id);
        update(`${found.statistics.scanned} lines read`);
        return /^(Scheduled|Running)$/.test(found.status) ? undefined : found;
      }),
    )
    .catch(async (error: unknown) => {
      await stop();
      throw error;
    });
  if (ended?.status !== 'Complete') {
    if (!ended) await stop();
    throw unfinished(ended?.status);
  }
  const { rows, statistics } = ended;
  return { environment: environment.name, saved: saved?.name ?? null, query, groups: asked, rows, statistics };
}

/** As it stands in the account, which somebody may have changed there; else as it would be made. */
async function savedQuery(
  { aws, environment }: Powers,
  typed: string,
): Promise<{ name: string; text: string } | undefined> {
  if (/[\s|]/.test(typed.trim())) return undefined;
  const prefix = `${environment.project}/${environment.name}/`;
  const found = await aws.logs.savedQueries(prefix);
  const all = new Map(SAVED_QUERIES.map(({ name, text }) => [name, text]));
  for (const { name, text } of found) all.set(name.slice(prefix.length), text);
  const text = all.get(typed.trim());
  if (text !== undefined) return { name: typed.trim(), text };
  throw unknownQuery(typed, [...all.keys()]);
}

const unknownQuery = (typed: string, known: readonly string[]) =>
  new PlatformError({
    id: 'log-query-unknown',
    kind: 'usage',
    message: `There is no saved query ${JSON.stringify(typed)}`,
    remedy: `name ${nearest(typed, known) ?? `one of ${known.join(', ')}`}, or write a query such as 'filter @message like "timeout" | limit 20'`,
  });

const malformed = (query: string, isSaved: boolean, why: string) =>
  new PlatformError({
    id: 'log-query-malformed',
    kind: 'usage',
    message: `Logs Insights does not take the query${isSaved ? ` saved as ${query}` : ''}: ${why}`,
    remedy: 'write it as https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html says',
  });

const unfinished = (status: string | undefined) =>
  new PlatformError({
    id: 'log-query-not-over',
    kind: 'failed',
    message: status ? `The query ended as ${status}` : 'The query was not over after 15 minutes, and was stopped',
    remedy: 'ask less: a shorter --since, or --of <component>',
  });
