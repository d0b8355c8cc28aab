import type { CloudWatchLogs, LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

export interface StreamedEvent extends LogEvent {
  readonly id: string;
  readonly stream: string;
}

export interface QueryResults {
  /** `Scheduled`, `Running`, `Complete`, `Failed` … */
  readonly status: string;
  readonly rows: Record<string, string>[];
  readonly statistics: { matched: number; scanned: number; bytes: number };
}

/** CloudWatch Logs. */
export class Logs {
  readonly #logs: () => Promise<CloudWatchLogs>;

  constructor(connection: Connection) {
    this.#logs = once(async () =>
      connect((await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs, connection),
    );
  }

  /** Groups whose names begin so. */
  async groups(prefix: string): Promise<LogGroup[]> {
    const groups: LogGroup[] = [];
    let nextToken: string | undefined;
    do {
      const page = await call('logs:DescribeLogGroups', async () =>
        (await this.#logs()).describeLogGroups({ logGroupNamePrefix: prefix, nextToken }),
      );
      groups.push(...(page.logGroups ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return groups;
  }

  /** A group that is there already is left as it is, but for the days. */
  async createGroup(name: string, days: number | undefined): Promise<void> {
    await find('logs:CreateLogGroup', ['ResourceAlreadyExistsException'], async () =>
      (await this.#logs()).createLogGroup({ logGroupName: name }),
    );
    if (days === undefined) return;
    await call('logs:PutRetentionPolicy', async () =>
      (await this.#logs()).putRetentionPolicy({ logGroupName: name, retentionInDays: days }),
    );
  }

  /** With all its events. */
  async deleteGroup(name: string): Promise<void> {
    await find('logs:DeleteLogGroup', ['ResourceNotFoundException'], async () =>
      (await this.#logs()).deleteLogGroup({ logGroupName: name }),
    );
  }

  /**
   * What a stream holds from its head, or what came since a `token` of an earlier answer; the token stays the same when
   * nothing did. Undefined while there is no such stream: it is made when its container starts.
   */
  streamEvents(
    group: string,
    stream: string,
    token?: string,
  ): Promise<{ events: LogEvent[]; token: string } | undefined> {
    return find('logs:GetLogEvents', ['ResourceNotFoundException'], async () => {
      const { events = [], nextForwardToken } = await (await this.#logs()).getLogEvents({
        logGroupName: group,
        logStreamName: stream,
        startFromHead: true,
        nextToken: token,
      });
      return {
        events: events.map(({ timestamp = 0, message = '' }) => ({ at: timestamp, text: message })),
        token: nextForwardToken!,
      };
    });
  }

  /** The last lines of a stream, oldest first; undefined when there is no such stream or group. */
  lastEvents(group: string, stream: string, limit: number): Promise<LogEvent[] | undefined> {
    return find('logs:GetLogEvents', ['ResourceNotFoundException'], async () => {
      const { events = [] } = await (await this.#logs()).getLogEvents({
        logGroupName: group,
        logStreamName: stream,
        startFromHead: false,
        limit,
      });
      return events.map(({ timestamp = 0, message = '' }) => ({ at: timestamp, text: message }));
    });
  }

  /** The group of exactly this name. */
  async group(name: string): Promise<LogGroup | undefined> {
    // Names that begin so come in alphabetical order, so the shortest is on the first page.
    const page = await call('logs:DescribeLogGroups', async () =>
      (await this.#logs()).describeLogGroups({ logGroupNamePrefix: name }),
    );
    return page.logGroups?.find(({ logGroupName }) => logGroupName === name);
  }

  /**
   * Lines of all streams of a group whose names begin so, by time: one page, which may be empty although a `token` says
   * that there is more. Undefined when there is no such group.
   */
  groupEvents(
    group: string,
    { since, prefix, pattern, token }: { since: number; prefix?: string; pattern?: string; token?: string | undefined },
  ): Promise<{ events: StreamedEvent[]; token: string | undefined } | undefined> {
    return find('logs:FilterLogEvents', ['ResourceNotFoundException'], async () => {
      const { events = [], nextToken } = await (await this.#logs()).filterLogEvents({
        logGroupName: group,
        startTime: since,
        logStreamNamePrefix: prefix,
        filterPattern: pattern,
        nextToken: token,
      });
      return {
        events: events.map(({ timestamp = 0, message = '', eventId = '', logStreamName = '' }) => ({
          at: timestamp,
          text: message,
          id: eventId,
          stream: logStreamName,
        })),
        token: nextToken,
      };
    });
  }

  /** Queries of Logs Insights that are kept under names that begin so. */
  async savedQueries(prefix: string): Promise<{ name: string; text: string }[]> {
    const found: { name: string; text: string }[] = [];
    let nextToken: string | undefined;
    do {
      const page = await call('logs:DescribeQueryDefinitions', async () =>
        (await this.#logs()).describeQueryDefinitions({ queryDefinitionNamePrefix: prefix, nextToken }),
      );
      for (const { name = '', queryString = '' } of page.queryDefinitions ?? [])
        found.push({ name, text: queryString });
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return found;
  }

  /** Begins a query of Logs Insights; `malformed`: why it is none. Times in milliseconds. */
  async startQuery({
    query,
    groups,
    since,
    until,
    limit,
  }: {
    query: string;
    groups: readonly string[];
    since: number;
    until: number;
    limit: number;
  }): Promise<{ id: string } | { malformed: string }> {
    return call('logs:StartQuery', async () => {
      try {
        const { queryId } = await (await this.#logs()).startQuery({
          queryString: query,
          logGroupNames: [...groups],
          startTime: Math.floor(since / 1_000),
          endTime: Math.ceil(until / 1_000),
          limit,
        });
        return { id: queryId! };
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'MalformedQueryException') throw error;
        return { malformed: error.message };
      }
    });
  }

  /** What a query has found so far, each row with what it has of the columns. */
  async queryResults(id: string): Promise<QueryResults> {
    const {
      status,
      results = [],
      statistics,
    } = await call('logs:GetQueryResults', async () => (await this.#logs()).getQueryResults({ queryId: id }));
    return {
      status: status ?? 'Unknown',
      rows: results.map((row) => Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value]))),
      statistics: {
        matched: statistics?.recordsMatched ?? 0,
        scanned: statistics?.recordsScanned ?? 0,
        bytes: statistics?.bytesScanned ?? 0,
      },
    };
  }

  /** One that has ended meanwhile is no error. */
  async stopQuery(id: string): Promise<void> {
    await find('logs:StopQuery', ['InvalidParameterException', 'ResourceNotFoundException'], async () =>
      (await this.#logs()).stopQuery({ queryId: id }),
    );
  }
}
