import type { CloudWatchLogs, FilteredLogEvent, LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Logs {
  readonly #logs: () => Promise<CloudWatchLogs>;

  constructor(connection: Connection) {
    this.#logs = once(async () =>
      connect((await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs, connection),
    );
  }

  /** Events of a group in the order of time, empty when there is no such group. `since` in milliseconds since 1970. */
  async events(
    group: string,
    { streams, since, limit = 10_000 }: { streams?: string[]; since?: number; limit?: number } = {},
  ): Promise<FilteredLogEvent[]> {
    const events: FilteredLogEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await find('logs:FilterLogEvents', ['ResourceNotFoundException'], async () =>
        (await this.#logs()).filterLogEvents({
          logGroupName: group,
          logStreamNames: streams,
          startTime: since,
          nextToken,
        }),
      );
      events.push(...(page?.events ?? []));
      nextToken = page?.nextToken;
    } while (nextToken !== undefined && events.length < limit);
    return events.slice(0, limit);
  }

  async groups(prefix: string): Promise<LogGroup[]> {
    const groups: LogGroup[] = [];
    let nextToken: string | undefined;
    do {
      const page = await find('logs:DescribeLogGroups', [], async () =>
        (await this.#logs()).describeLogGroups({ logGroupNamePrefix: prefix, nextToken }),
      );
      groups.push(...(page?.logGroups ?? []));
      nextToken = page?.nextToken;
    } while (nextToken !== undefined);
    return groups;
  }
}
