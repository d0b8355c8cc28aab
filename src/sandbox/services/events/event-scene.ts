import {
  CreateEventBusCommand,
  EventBridgeClient,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { startSandbox } from '../../../testing/start-sandbox.ts';

export const ARN = 'arn:aws:events:us-east-1:000000000000';
export const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:q';
export const PATTERN = JSON.stringify({ source: ['order'], detail: { command: ['place'] } });
export const entry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  Source: 'order',
  DetailType: 'Placed',
  Detail: '{"command":"place"}',
  ...more,
});
export const BUSES = [['custom', 'orders'] as const, ['default', 'default'] as const];

/** EventBridge and a queue it may write to, time standing still. */
export async function open() {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  const events = sandbox.client(EventBridgeClient);
  const sqs = sandbox.client(SQSClient);
  const bus = async (Name: string) => {
    if (Name !== 'default') await events.send(new CreateEventBusCommand({ Name }));
  };
  const rule = (Name: string, EventBusName?: string, EventPattern = PATTERN) =>
    events.send(new PutRuleCommand({ Name, EventBusName, EventPattern }));
  const target = (Rule: string, EventBusName?: string, more: object = {}) =>
    events.send(new PutTargetsCommand({ Rule, EventBusName, Targets: [{ Id: 't', Arn: QUEUE_ARN, ...more }] }));
  const queue = async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
      ],
    });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { Policy } }));
    return async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body }) => JSON.parse(Body!));
    };
  };
  return { events, bus, rule, target, queue };
}
