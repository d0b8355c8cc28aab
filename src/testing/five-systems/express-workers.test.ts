import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { KNOWN } from './known.ts';
import { live } from './life.ts';
import { logOf, outputsOf, taskOf } from './look.ts';
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

it('S2-01 S2-43 S2-47 S2-48: Express dev, containers for the API and a function for the work behind it', async () => {
  const project = await startSystem('express-workers');
  const once = async () => {
    const { containerDefinitions = [] } = await taskOf(project, 'dev', 'api');
    const [{ portMappings, environment = [] } = {}] = containerDefinitions;
    expect(portMappings).toMatchObject([{ containerPort: 3000 }]);
    expect(environment).toEqual(
      expect.arrayContaining([
        { name: 'NODE_ENV', value: 'production' },
        { name: 'LOG_LEVEL', value: 'debug' },
      ]),
    );
  };
  await live(project, 'dev', { known: KNOWN['express-workers'].dev!, once });
});

it('Express staging works off what is in its queue, and keeps what nobody can', async () => {
  const project = await startSystem('express-workers');
  await live(project, 'staging', {
    known: KNOWN['express-workers'].staging!,
    once: () => worksOff(project, 'staging'),
  });
});

it('Express prod', async () => {
  const project = await startSystem('express-workers');
  await live(project, 'prod', { known: KNOWN['express-workers'].prod! });
});
