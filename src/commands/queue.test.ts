import { ListQueuesCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const on = '--env dev --sandbox';
const yaml = smallYaml('queues: { jobs: { dlq: { maxReceive: 3 } }, plain: { dlq: false } }');
const start = () => startDeployed({ yaml });

async function urlsOf(project: Deployable) {
  const { queues } = (await project.succeed(`queue list ${on} --json`)).json();
  const own = queues.find(({ name }: { name: string }) => name === 'jobs').url as string;
  const { QueueUrls = [] } = await project.aws.client(SQSClient).send(new ListQueuesCommand({}));
  const dead = QueueUrls.find((url) => /jobs/i.test(url) && url.split('/').at(-1) !== own.split('/').at(-1))!;
  project.forget();
  return { own, dead };
}

async function send(project: Deployable, url: string, ...bodies: string[]) {
  const sqs = project.aws.client(SQSClient);
  for (const body of bodies) await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
}

const countsOf = async (project: Deployable) =>
  (await project.succeed(`queue list ${on} --json`))
    .json()
    .queues.find(({ name }: { name: string }) => name === 'jobs');

describe('queue list', () => {
  it('counts what waits, what is being processed and what was set aside (S2-21, F-98)', async () => {
    const project = await start();
    const { own, dead } = await urlsOf(project);
    await send(project, own, 'a', 'b');
    await send(project, dead, 'c');
    await project.aws.client(SQSClient).send(new ReceiveMessageCommand({ QueueUrl: own, MaxNumberOfMessages: 1 }));
    const run = await project.succeed(`queue list ${on}`);
    expect(run.stdout).toMatch(/jobs\s+1\s+1\s+0\s+1/);
    expect(run.stdout).toMatch(/plain\s+0\s+0\s+0\s+not kept/);
  });

  it('says that nothing is deployed: exit 1', async () => {
    const project = await startDeployable({ yaml });
    const run = await project.platform(`queue list ${on}`);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('platform deploy --env dev');
  });
});

describe('queue peek', () => {
  it('shows dead letters without a question and leaves every one to be seen at once', async () => {
    const project = await start();
    const { dead } = await urlsOf(project);
    await send(project, dead, ...Array.from({ length: 13 }, (_, index) => `{"n":${index}}`), '\u009b2Jwipe');
    const run = await project.succeed(`queue peek jobs --count 100 ${on} --json`);
    const { messages, total } = run.json();
    expect(total).toBe(14);
    expect(messages.map(({ body }: { body: string }) => body)).toHaveLength(14);
    expect(messages[0]).toMatchObject({ body: '{"n":0}', receives: 1, group: null, attributes: {} });
    expect(await countsOf(project)).toMatchObject({ deadLetters: 14 });
    const text = await project.succeed(`queue peek jobs --count 100 ${on}`);
    expect(text.stdout).toContain('wipe');
    expect(text.stdout).not.toContain('\u009b');
  });

  it('asks before it looks at a live queue, because each look counts as a receive; --dry-run receives nothing', async () => {
    const project = await start();
    const { own } = await urlsOf(project);
    await send(project, own, 'a');
    const bare = await project.platform(`queue peek jobs --live ${on}`);
    expect(bare.exitCode).toBe(2);
    expect(bare.stderr).toContain('of the 3 after which it is set aside');
    expect((await project.platform(`queue peek jobs --live ${on}`, { answer: () => false })).exitCode).toBe(5);
    await project.succeed(`queue peek jobs --live ${on} --dry-run`);
    expect(project.asked()).not.toContain('sqs:ReceiveMessage');
    const run = await project.succeed(`queue peek jobs --live ${on} --yes --json`);
    expect(run.json().messages).toMatchObject([{ body: 'a', receives: 1 }]);
    expect(await countsOf(project)).toMatchObject({ messages: { visible: 1, inFlight: 0 } });
  });

  it('gives back what it has taken when it is cut off in the middle', async () => {
    const project = await start();
    const { dead } = await urlsOf(project);
    await send(project, dead, ...Array.from({ length: 12 }, (_, index) => String(index)));
    project.aws.faults.push({
      operation: 'ReceiveMessage',
      skip: 1,
      with: new AwsFault('AccessDenied', 'no more', { status: 403 }),
    });
    expect((await project.platform(`queue peek jobs --count 100 ${on}`)).exitCode).toBe(4);
    expect(await countsOf(project)).toMatchObject({ deadLetters: 12 });
  });

  it('says when a queue keeps no dead letters: exit 1', async () => {
    const run = await (await start()).platform(`queue peek plain ${on}`);
    expect(run.exitCode).toBe(1);
    expect(run.stderr).toContain('dlq is false');
  });
});

describe('queue redrive', () => {
  it('asks first, and changes nothing without a yes', async () => {
    const project = await start();
    const { dead } = await urlsOf(project);
    await send(project, dead, 'a', 'b');
    project.forget();
    const bare = await project.platform(`queue redrive jobs ${on}`);
    expect(bare.exitCode).toBe(2);
    expect((await project.platform(`queue redrive jobs ${on}`, { answer: () => false })).exitCode).toBe(5);
    const dry = await project.succeed(`queue redrive jobs ${on} --dry-run`);
    expect(dry.stdout).toContain('Would move about 2 dead letters');
    expect(project.writes()).toEqual([]);
  });

  it('moves what was set aside back to its queue, once: typed again there is nothing to move (S2-64, F-98)', async () => {
    const project = await start();
    const { own } = await urlsOf(project);
    // A message gets there as AWS puts it there: it was received too often.
    await send(project, own, 'poison');
    const sqs = project.aws.client(SQSClient);
    for (let receive = 0; receive < 4; receive += 1)
      await sqs.send(new ReceiveMessageCommand({ QueueUrl: own, VisibilityTimeout: 0 }));
    expect(await countsOf(project)).toMatchObject({ messages: { visible: 0 }, deadLetters: 1 });
    const run = await project.succeed(`queue redrive jobs ${on} --yes --json`);
    expect(run.json()).toMatchObject({ queue: 'jobs', deadLetters: 1, moved: 1, status: 'COMPLETED', dryRun: false });
    expect(await countsOf(project)).toMatchObject({ messages: { visible: 1 }, deadLetters: 0 });
    project.forget();
    const again = await project.succeed(`queue redrive jobs ${on} --yes`);
    expect(again.stdout).toContain('has no dead letters');
    expect(project.writes()).toEqual([]);
  });
});

it.each([
  ['queue peek jobz', 'name jobs'],
  ['queue redrive jobz --yes', 'name jobs'],
  ['queue peek jobs --count 0', 'id: argument-invalid'],
  ['queue redrive jobs --rate 501', 'id: argument-invalid'],
  ['queue peek', 'missing'],
])('%s is a mistake of the command line: exit 2, nothing is changed', async (words, text) => {
  const project = await startDeployable({ yaml });
  const run = await project.platform(`${words} ${on}`);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(text);
  expect(project.writes()).toEqual([]);
});
