import type { SQS } from '@aws-sdk/client-sqs';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

const ABSENT = ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'];

export class Sqs {
  readonly #sqs: () => Promise<SQS>;

  constructor(connection: Connection) {
    this.#sqs = once(async () => {
      const { SQS: Client } = await import('@aws-sdk/client-sqs');
      const client = connect(Client, connection);
      // A URL may be older than the endpoint that is asked: the sandbox may have another port by now.
      client.config.useQueueUrlAsEndpoint = false;
      return client;
    });
  }

  /** About how many messages a queue holds; undefined when there is no such queue. */
  async messages(url: string): Promise<number | undefined> {
    const answer = await find('sqs:GetQueueAttributes', ABSENT, async () =>
      (await this.#sqs()).getQueueAttributes({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return answer && Number(answer.Attributes?.ApproximateNumberOfMessages ?? 0);
  }

  /** With all its messages; its name is free a minute later. */
  async deleteQueue(url: string): Promise<void> {
    await find('sqs:DeleteQueue', ABSENT, async () => (await this.#sqs()).deleteQueue({ QueueUrl: url }));
  }
}
