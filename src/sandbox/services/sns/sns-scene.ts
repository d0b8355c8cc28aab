import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { onTestFinished } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { posts } from './state.ts';

export const ARN = 'arn:aws:sns:us-east-1:000000000000:';
export const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:inbox';

/** A topic, a queue that lets it in, and what a client does with them. */
export async function open({ attributes = {} }: { attributes?: Record<string, string> } = {}) {
  const sandbox = await startSandbox();
  const sns = sandbox.client(SNSClient);
  const sqs = sandbox.client(SQSClient);
  const TopicArn = (await sns.send(new CreateTopicCommand({ Name: 'news', Attributes: attributes }))).TopicArn!;
  const Policy = JSON.stringify({
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: QUEUE,
        Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
      },
    ],
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox', Attributes: { Policy } }));
  const subscribe = (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true }));
  const received = async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
    );
    return Messages;
  };
  const written = () => posts.in(sandbox.scope).values();
  return { sandbox, sns, sqs, TopicArn, QueueUrl, subscribe, received, written };
}

/** A server on this machine that notes what it is sent. */
export async function receiver() {
  const requests: { headers: Record<string, unknown>; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      requests.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, requests };
}
