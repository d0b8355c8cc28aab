import type { ListMessageMoveTasksResultEntry, Message, SQS } from '@aws-sdk/client-sqs';
import { call, find } from './call.ts';
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

  /** What a queue is set to, and about how much it holds; undefined when there is no such queue. */
  async attributes(url: string): Promise<Record<string, string> | undefined> {
    const answer = await find('sqs:GetQueueAttributes', ABSENT, async () =>
      (await this.#sqs()).getQueueAttributes({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    return answer && (answer.Attributes ?? {});
  }

  /** How long a message that was received is hidden from others. */
  async setVisibility(url: string, seconds: number): Promise<void> {
    await call('sqs:SetQueueAttributes', async () =>
      (await this.#sqs()).setQueueAttributes({ QueueUrl: url, Attributes: { VisibilityTimeout: String(seconds) } }),
    );
  }

  /** A FIFO queue wants to be told which messages keep their order among each other. */
  async send(url: string, body: string, group?: { group: string; once: string }): Promise<string> {
    const { MessageId } = await call('sqs:SendMessage', async () =>
      (await this.#sqs()).sendMessage({
        QueueUrl: url,
        MessageBody: body,
        ...(group ? { MessageGroupId: group.group, MessageDeduplicationId: group.once } : {}),
      }),
    );
    return MessageId!;
  }

  async deleteMessage(url: string, receipt: string): Promise<void> {
    await call('sqs:DeleteMessage', async () =>
      (await this.#sqs()).deleteMessage({ QueueUrl: url, ReceiptHandle: receipt }),
    );
  }

  /** Takes up to ten messages out of the sight of others for so many seconds; it counts as a receive of each. */
  async receive(url: string, { max, holdSeconds }: { max: number; holdSeconds: number }): Promise<Message[]> {
    const { Messages } = await call('sqs:ReceiveMessage', async () =>
      (await this.#sqs()).receiveMessage({
        QueueUrl: url,
        MaxNumberOfMessages: Math.min(max, 10),
        VisibilityTimeout: holdSeconds,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    return Messages ?? [];
  }

  /** Shows messages to others again at once; those whose hold has ended in the meantime are let be. */
  async giveBack(url: string, receipts: readonly string[]): Promise<void> {
    for (let from = 0; from < receipts.length; from += 10) {
      const Entries = receipts
        .slice(from, from + 10)
        .map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle, VisibilityTimeout: 0 }));
      await call('sqs:ChangeMessageVisibility', async () =>
        (await this.#sqs()).changeMessageVisibilityBatch({ QueueUrl: url, Entries }),
      );
    }
  }

  /**
   * Has AWS move dead letters back to the queues they came from. It needs the rights to receive and delete there, and to
   * send here: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
   */
  async startMove(sourceArn: string, perSecond?: number): Promise<void> {
    await call('sqs:StartMessageMoveTask', async () =>
      (await this.#sqs()).startMessageMoveTask({ SourceArn: sourceArn, MaxNumberOfMessagesPerSecond: perSecond }),
    );
  }

  /** Moves of the last weeks, the newest first. */
  async moves(sourceArn: string): Promise<ListMessageMoveTasksResultEntry[]> {
    const { Results } = await call('sqs:ListMessageMoveTasks', async () =>
      (await this.#sqs()).listMessageMoveTasks({ SourceArn: sourceArn, MaxResults: 10 }),
    );
    return Results ?? [];
  }
}
