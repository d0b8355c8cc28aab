import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});

/** Hands what is due to the workers. The stand-in has no events of its own: the minute itself is due. */
export const handler = async ({ time }: { time: string }): Promise<unknown> => {
  const { MessageId } = await sqs.send(
    new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ due: time }) }),
  );
  return { sent: MessageId };
};
