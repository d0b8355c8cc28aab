import type { SNS, Subscription } from '@aws-sdk/client-sns';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Sns {
  readonly #sns: () => Promise<SNS>;

  constructor(connection: Connection) {
    this.#sns = once(async () => connect((await import('@aws-sdk/client-sns')).SNS, connection));
  }

  /** Who receives what a topic is told, confirmed or not; undefined when there is no such topic. */
  async subscriptions(topicArn: string): Promise<Subscription[] | undefined> {
    const all: Subscription[] = [];
    let token: string | undefined;
    do {
      const answer = await find('sns:ListSubscriptionsByTopic', ['NotFound', 'NotFoundException'], async () =>
        (await this.#sns()).listSubscriptionsByTopic({ TopicArn: topicArn, ...(token ? { NextToken: token } : {}) }),
      );
      if (!answer) return undefined;
      all.push(...(answer.Subscriptions ?? []));
      token = answer.NextToken;
    } while (token);
    return all;
  }

  /** Asks a receiver to confirm; once more where it has not. */
  async subscribe(topicArn: string, protocol: string, endpoint: string): Promise<void> {
    await call('sns:Subscribe', async () =>
      (await this.#sns()).subscribe({ TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint }),
    );
  }
}
