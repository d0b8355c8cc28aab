import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { GetScheduleCommandOutput, Scheduler } from '@aws-sdk/client-scheduler';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** What starts something by itself: a rule, or a schedule of EventBridge Scheduler in the group `default`. */
export interface Starter {
  name: string;
  bus: string | undefined;
  /** It is a schedule by the clock of a time zone. */
  scheduler?: true;
}

export class Events {
  readonly #events: () => Promise<EventBridge>;
  readonly #scheduler: () => Promise<Scheduler>;

  constructor(connection: Connection) {
    this.#scheduler = once(async () => connect((await import('@aws-sdk/client-scheduler')).Scheduler, connection));
    this.#events = once(async () => connect((await import('@aws-sdk/client-eventbridge')).EventBridge, connection));
  }

  /** The ARN of an event bus. */
  async bus(name: string): Promise<string | undefined> {
    const answer = await find('events:DescribeEventBus', ['ResourceNotFoundException'], async () =>
      (await this.#events()).describeEventBus({ Name: name }),
    );
    return answer?.Arn;
  }

  /** Undefined when there is no such schedule. */
  schedule(name: string): Promise<GetScheduleCommandOutput | undefined> {
    return find('scheduler:GetSchedule', ['ResourceNotFoundException'], async () =>
      (await this.#scheduler()).getSchedule({ Name: name }),
    );
  }

  /** Undefined when there is no such rule, or schedule. */
  async isRuleOn({ name, bus, scheduler }: Starter): Promise<boolean | undefined> {
    if (scheduler) {
      const found = await this.schedule(name);
      return found && found.State !== 'DISABLED';
    }
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

  async switchRule({ name, bus, scheduler }: Starter, on: boolean): Promise<void> {
    if (scheduler) return this.#switchSchedule(name, on);
    const rule = { Name: name, EventBusName: bus };
    if (on) await call('events:EnableRule', async () => (await this.#events()).enableRule(rule));
    else await call('events:DisableRule', async () => (await this.#events()).disableRule(rule));
  }

  /** An update is the whole schedule anew: what it leaves out gets its default again. */
  async #switchSchedule(name: string, on: boolean): Promise<void> {
    const found = await this.schedule(name);
    if (!found) return;
    const { $metadata: _, Arn: __, CreationDate: ___, LastModificationDate: ____, ...kept } = found;
    const { ScheduleExpression, FlexibleTimeWindow, Target } = kept;
    const whole = { ...kept, Name: name, ScheduleExpression, FlexibleTimeWindow, Target };
    await call('scheduler:UpdateSchedule', async () => {
      try {
        await (await this.#scheduler()).updateSchedule({ ...whole, State: on ? 'ENABLED' : 'DISABLED' });
      } catch (error) {
        // Whoever changes a schedule hands it its role anew.
        if (error instanceof Error && error.name === 'AccessDeniedException' && error.message.includes('iam:PassRole'))
          return call('iam:PassRole', () => Promise.reject(error));
        throw error;
      }
    });
  }

  /** Undefined when there is no such thing. */
  async tags(arn: string): Promise<Record<string, string> | undefined> {
    const answer = await find('events:ListTagsForResource', ['ResourceNotFoundException'], async () =>
      (await this.#events()).listTagsForResource({ ResourceARN: arn }),
    );
    return answer && Object.fromEntries((answer.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]));
  }
}
