import type { EventBridge } from '@aws-sdk/client-eventbridge';
import { call, find } from './call.ts';
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

  /** Undefined when there is no such rule. */
  async isRuleOn({ name, bus }: { name: string; bus: string | undefined }): Promise<boolean | undefined> {
    const answer = await find('events:DescribeRule', ['ResourceNotFoundException'], async () =>
      (await this.#events()).describeRule({ Name: name, EventBusName: bus }),
    );
    return answer && answer.State !== 'DISABLED';
  }

  /** The ARN of a rule; undefined when there is none. */
  async ruleArn({ name, bus }: { name: string; bus: string | undefined }): Promise<string | undefined> {
    const answer = await find('events:DescribeRule', ['ResourceNotFoundException'], async () =>
      (await this.#events()).describeRule({ Name: name, EventBusName: bus }),
    );
    return answer?.Arn;
  }

  /** ARNs of what a rule tells; at most five. Empty when there is no such rule. */
  async targetsOf({ name, bus }: { name: string; bus: string | undefined }): Promise<string[]> {
    const answer = await find('events:ListTargetsByRule', ['ResourceNotFoundException'], async () =>
      (await this.#events()).listTargetsByRule({ Rule: name, EventBusName: bus }),
    );
    return (answer?.Targets ?? []).map(({ Arn }) => Arn!);
  }

  async switchRule({ name, bus }: { name: string; bus: string | undefined }, on: boolean): Promise<void> {
    const rule = { Name: name, EventBusName: bus };
    if (on) await call('events:EnableRule', async () => (await this.#events()).enableRule(rule));
    else await call('events:DisableRule', async () => (await this.#events()).disableRule(rule));
  }

  /** Undefined when there is no such thing. */
  async tags(arn: string): Promise<Record<string, string> | undefined> {
    const answer = await find('events:ListTagsForResource', ['ResourceNotFoundException'], async () =>
      (await this.#events()).listTagsForResource({ ResourceARN: arn }),
    );
    return answer && Object.fromEntries((answer.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]));
  }
}
