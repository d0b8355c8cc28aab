import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { KNOWN } from './known.ts';
import { live } from './life.ts';
import { logOf, outputsOf } from './look.ts';
import { type SystemProject, startSystem } from './system-project.ts';

/** What the API hands over is worked off by the function; what cannot be comes to lie among the dead letters. */
async function worksOff(project: SystemProject, environment: string): Promise<void> {
  const { aws, at, platform, accountOf } = project;
  const QueueUrl = (await outputsOf(project, environment))['queues.notifications.url']!;
  const sqs = aws.client(SQSClient, { account: accountOf(environment) });
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"recipient":"anna@example.com"}' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'not for anybody' }));
  await aws.settle();
  expect(await logOf(project, environment, 'notification-worker')).toContain('"recipient":"anna@example.com"');
  const { messages } = (await platform(`queue peek notifications ${at(environment)} --json`)).json();
  expect(messages).toMatchObject([{ body: 'not for anybody' }]);
  await platform(`queue redrive notifications ${at(environment)} --yes`);
}

it('Express staging works off what is in its queue, and keeps what nobody can', async () => {
  const project = await startSystem('express-workers');
  await live(project, 'staging', {
    known: KNOWN['express-workers'].staging!,
    once: () => worksOff(project, 'staging'),
  });
});
