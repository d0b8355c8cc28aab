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
    { since, prefix, token }: { since: number; prefix?: string; token?: string | undefined },
  ): Promise<{ events: StreamedEvent[]; token: string | undefined } | undefined> {
    return find('logs:FilterLogEvents', ['ResourceNotFoundException'], async () => {
      const { events = [], nextToken } = await (await this.#logs()).filterLogEvents({
        logGroupName: group,
        startTime: since,
        logStreamNamePrefix: prefix,
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
}
