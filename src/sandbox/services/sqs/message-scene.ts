import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageCommand,
  type SendMessageCommandInput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** A queue and what a client does with it. */
export async function open(attributes: Record<string, string> = {}) {
  const sandbox = await startSandbox();
  // Polls let virtual time pass; here the test decides.
  sandbox.world.pause();
  const sqs = sandbox.client(SQSClient);
  const isFifo = attributes.FifoQueue === 'true';
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl!;
  };
  const QueueUrl = await create(isFifo ? 'q.fifo' : 'q', attributes);
  const send = (more: Partial<SendMessageCommandInput> = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello', ...more }));
  const receive = async (more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...more }));
    return Messages;
  };
  const remove = (ReceiptHandle?: string) => answerOf(sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })));
  const attributesNow = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes!;
  return { sandbox, sqs, QueueUrl, create, send, receive, remove, attributesNow };
}

export const FIFO = { FifoQueue: 'true' };
export const group = (MessageGroupId: string, MessageDeduplicationId: string, MessageBody = 'hello') => ({
  MessageGroupId,
  MessageDeduplicationId,
  MessageBody,
});
export const bodies = (messages: Message[]) => messages.map(({ Body }) => Body);
export const HELLO = {
  Body: 'hello',
  MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
  MessageId: expect.any(String),
  ReceiptHandle: expect.any(String),
};
