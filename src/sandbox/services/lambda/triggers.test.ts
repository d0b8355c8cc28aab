import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionUrlConfigCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { ARN, open, zip } from './lambda-scene.ts';

const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:';
const MAY = ['sqs:*', 'lambda:InvokeFunction'];

/** A function that sends every event it gets to the queue `seen`, and does then what the source says. */
async function scene(then = '', more: object = {}) {
  const opened = await open({ may: MAY });
  const sqs = opened.sandbox.client(SQSClient);
  const queue = async (QueueName: string, Attributes: Record<string, string> = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl!;
  const seenUrl = await queue('seen');
  await opened.made({
    Code: {
      ZipFile: zip(
        `const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
        const sqs = new SQSClient({});
        exports.handler = async (event, context) => {
          await sqs.send(new SendMessageCommand({ QueueUrl: process.env.SEEN, MessageBody: JSON.stringify(event) }));
          ${then}
        };`,
      ),
    },
    Timeout: 20,
    Environment: { Variables: { SEEN: seenUrl } },
    ...more,
  });
  const drain = async (QueueUrl: string) => {
    const found: string[] = [];
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
      );
      if (Messages.length === 0) return found;
      found.push(...Messages.map(({ Body = '' }) => Body));
    }
  };
  const seen = async () => (await drain(seenUrl)).map((body) => JSON.parse(body));
  return { ...opened, sqs, queue, drain, seen };
}

describe('asynchronous calls', () => {
  it('are tried twice more, after one and two minutes, and then told to the destination and the dead letters', async () => {
    const { sandbox, lambda, queue, drain, seen } = await scene("throw new Error('no luck');", {
      DeadLetterConfig: { TargetArn: `${QUEUE}dead` },
    });
    const failed = await queue('failed');
    const dead = await queue('dead');
    await lambda.send(
      new PutFunctionEventInvokeConfigCommand({
        FunctionName: 'f',
        DestinationConfig: { OnFailure: { Destination: `${QUEUE}failed` } },
      }),
    );
    const before = sandbox.world.clock.now();
    const call = new InvokeCommand({ FunctionName: 'f', InvocationType: 'Event', Payload: Buffer.from('{"n":1}') });
    expect((await lambda.send(call)).StatusCode).toBe(202);
    await sandbox.settle();
    expect(await seen()).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    expect(sandbox.world.clock.now() - before).toBeGreaterThanOrEqual(180_000);
    expect((await drain(failed)).map((body) => JSON.parse(body))).toEqual([
      {
        version: '1.0',
        timestamp: expect.any(String),
        requestContext: {
          requestId: expect.any(String),
          functionArn: `${ARN}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { n: 1 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: { errorType: 'Error', errorMessage: 'no luck', trace: expect.any(Array) },
      },
    ]);
    expect(await drain(dead)).toEqual(['{"n":1}']);
  });
});

describe('a queue', () => {
  const map = (more: object = {}) =>
    new CreateEventSourceMappingCommand({ FunctionName: 'f', EventSourceArn: `${QUEUE}work`, ...more });

  it('is read in batches; what a function reports as failed comes back, and goes to the dead letters in the end (F-99)', async () => {
    const { sandbox, lambda, sqs, queue, drain, seen } = await scene(
      'return { batchItemFailures: event.Records.filter(({ body }) => body === "bad").map(({ messageId }) => ({ itemIdentifier: messageId })) };',
    );
    const dead = await queue('dead');
    const QueueUrl = await queue('work', {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: `${QUEUE}dead`, maxReceiveCount: 2 }),
    });
    await lambda.send(map({ FunctionResponseTypes: ['ReportBatchItemFailures'] }));
    await sandbox.settle();
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: ['good', 'bad', 'fine'].map((MessageBody, index) => ({ Id: `${index}`, MessageBody })),
      }),
    );
    await sandbox.settle();
    const batches = (await seen()).map(({ Records }) => Records.map(({ body }: { body: string }) => body));
    expect(batches).toEqual([['good', 'bad', 'fine'], ['bad']]);
    expect(await drain(QueueUrl)).toEqual([]);
    expect(await drain(dead)).toEqual(['bad']);
  });

  it('gives messages as Lambda does (recording test_sqs_event_source_mapping_update), and only those that a filter lets through', async () => {
    const { sandbox, lambda, sqs, queue, drain, seen } = await scene();
    const QueueUrl = await queue('work');
    const Pattern = JSON.stringify({ body: { foo: ['bar'] } });
    await lambda.send(map({ FilterCriteria: { Filters: [{ Pattern }] } }));
    await sandbox.settle();
    for (const MessageBody of ['{"foo":"other"}', '{"foo":"bar"}', 'plain'])
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await sandbox.settle();
    expect(await seen()).toEqual([
      {
        Records: [
          {
            messageId: expect.any(String),
            receiptHandle: expect.any(String),
            body: '{"foo":"bar"}',
            attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: expect.any(String),
              SenderId: '000000000000',
              ApproximateFirstReceiveTimestamp: expect.any(String),
            },
            messageAttributes: {},
            md5OfMessageAttributes: null,
            md5OfBody: '9bb58f26192e4ba00f01e2e7b136bbd8',
            eventSource: 'aws:sqs',
            eventSourceARN: `${QUEUE}work`,
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
    expect(await drain(QueueUrl)).toEqual([]);
  });

  it('fills a batch as long as its window is open', async () => {
    const { sandbox, lambda, sqs, queue, seen } = await scene();
    const QueueUrl = await queue('work');
    await lambda.send(map({ BatchSize: 20, MaximumBatchingWindowInSeconds: 60 }));
    await sandbox.settle();
    sandbox.world.pause();
    for (let index = 0; index < 12; index += 1)
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${index}` }));
    await sandbox.settle();
    expect((await seen()).map(({ Records }) => Records.length)).toEqual([12]);
  });
});

describe('rules', () => {
  const allow = (SourceArn: string) =>
    new AddPermissionCommand({
      FunctionName: 'f',
      StatementId: 's',
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn,
    });

  it('call a function for an event, when its policy lets them (F-106)', async () => {
    const { sandbox, lambda, seen } = await scene();
    const events = sandbox.client(EventBridgeClient);
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["shop"]}' }));
    await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn: ARN, InputPath: '$.detail' }] }));
    const put = new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'd', Detail: '{"n":1}' }] });
    await events.send(put);
    await sandbox.settle();
    expect(await seen()).toEqual([]);
    await lambda.send(allow(RuleArn!));
    await events.send(put);
    await sandbox.settle();
    expect(await seen()).toEqual([{ n: 1 }]);
  });

  it('come due in virtual time, equal: tests_schedule_rate_custom_input_target_sqs', async () => {
    const { sandbox, lambda, seen } = await scene();
    const events = sandbox.client(EventBridgeClient);
    const { RuleArn } = await events.send(new PutRuleCommand({ Name: 'r', ScheduleExpression: 'rate(5 minutes)' }));
    await lambda.send(allow(RuleArn!));
    await events.send(
      new PutTargetsCommand({
        Rule: 'r',
        Targets: [
          { Id: 'whole', Arn: ARN },
          { Id: 'own', Arn: ARN, Input: '{"own":true}' },
        ],
      }),
    );
    await sandbox.advance(11 * 60_000);
    await sandbox.settle();
    const got = await seen();
    expect(got.filter(({ own }) => own)).toHaveLength(2);
    expect(got.find(({ source }) => source === 'aws.events')).toEqual({
      version: '0',
      id: expect.any(String),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: expect.stringMatching(/Z$/),
      region: 'us-east-1',
      resources: [RuleArn],
      detail: {},
    });
  });
});

describe('a topic', () => {
  it('calls a function for what it is told, when its policy lets it', async () => {
    const { sandbox, lambda, seen } = await scene();
    const sns = sandbox.client(SNSClient);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint: ARN }));
    const publish = new PublishCommand({ TopicArn, Message: 'hello', Subject: 's' });
    await sns.send(publish);
    await sandbox.settle();
    expect(await seen()).toEqual([]);
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: 'f',
        StatementId: 's',
        Action: 'lambda:InvokeFunction',
        Principal: 'sns.amazonaws.com',
        SourceArn: TopicArn,
      }),
    );
    await sns.send(publish);
    await sandbox.settle();
    expect(await seen()).toMatchObject([
      {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            Sns: { Type: 'Notification', TopicArn, Subject: 's', Message: 'hello', MessageAttributes: {} },
          },
        ],
      },
    ]);
  });
});

describe('a URL', () => {
  it('leads to the function: body, cookies and status; only with both permissions (F-116)', async () => {
    const { sandbox, lambda } = await scene(
      "return { statusCode: 201, headers: { 'X-Own': event.rawQueryString }, cookies: ['a=1'], body: event.requestContext.http.method + ' ' + event.rawPath + ' ' + event.body };",
    );
    const { FunctionUrl } = await lambda.send(
      new CreateFunctionUrlConfigCommand({
        FunctionName: 'f',
        AuthType: 'NONE',
        Cors: { AllowOrigins: ['https://a.example'] },
      }),
    );
    const ask = (path = '', init: RequestInit = {}) =>
      fetch(`${sandbox.endpoint}/_lambda-url/${FunctionUrl!.slice('https://'.length)}${path}`, init);
    const permit = (StatementId: string, Action: string, more: object) =>
      lambda.send(new AddPermissionCommand({ FunctionName: 'f', StatementId, Action, Principal: '*', ...more }));
    await permit('url', 'lambda:InvokeFunctionUrl', { FunctionUrlAuthType: 'NONE' });
    const refused = await ask();
    expect([refused.status, await refused.json()]).toEqual([
      403,
      {
        Message:
          'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html',
      },
    ]);
    await permit('invoke', 'lambda:InvokeFunction', { InvokedViaFunctionUrl: true });
    const answer = await ask('items/1?x=y', {
      method: 'POST',
      body: 'hello',
      headers: { origin: 'https://a.example' },
    });
    expect([answer.status, await answer.text()]).toEqual([201, 'POST /items/1 hello']);
    expect(answer.headers.get('x-own')).toBe('x=y');
    expect(answer.headers.get('set-cookie')).toBe('a=1');
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://a.example');
  });
});
