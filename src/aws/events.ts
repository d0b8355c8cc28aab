import type { EventBridge } from '@aws-sdk/client-eventbridge';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Events {
  readonly #events: () => Promise<EventBridge>;

  constructor(connection: Connection) {
    this.#events = once(async () => connect((await import('@aws-sdk/client-eventbridge')).EventBridge, connection));
  }

  /** The ARN of an event bus. */
  async bus(name: string): Promise<string | undefined> {
    const answer = await find('events:DescribeEventBus', ['ResourceNotFoundException'], async () =>
      (await this.#events()).describeEventBus({ Name: name }),
    );
    return answer?.Arn;
  }

  /** Undefined when there is no such thing. */
  async tags(arn: string): Promise<Record<string, string> | undefined> {
    const answer = await find('events:ListTagsForResource', ['ResourceNotFoundException'], async () =>
      (await this.#events()).listTagsForResource({ ResourceARN: arn }),
    );
    return answer && Object.fromEntries((answer.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]));
  }
}
