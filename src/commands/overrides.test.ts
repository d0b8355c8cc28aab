import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { startPlatform } from '../testing/start-platform.ts';

const NO_LINTERS = { PATH: '/usr/bin:/bin' };
const overriding = (lines: string, rest = ''): string =>
  smallYaml(`${QUEUE}
overrides:
  messaging/QueueJobs/Queue: { ${lines} }
${rest}`);

const weak = 'properties: { SqsManagedSseEnabled: false }';
const WAIVER = 'waivers: [{ rule: queue-encrypted, path: messaging/QueueJobs, reason: "messages are public texts" }]';

const queueUrl = async (aws: { client: Deployable['aws']['client'] }): Promise<string> => {
  const { QueueUrls = [] } = await aws.client(SQSClient).send(new ListQueuesCommand({}));
  return QueueUrls.find((url) => !/dead|dlq/i.test(url))!;
};

describe('overrides', () => {
  it('are properties by the address of a construct, in each environment as it says, which is synthesized by itself (S1-18)', async () => {
    const yaml = overriding('properties: { DelaySeconds: 7, Tags: [{ Key: team, Value: shop }] }').replace(
      'prod: { kind: prod,',
      'prod: { kind: prod, overrides: { messaging/QueueJobs/Queue: { properties: { DelaySeconds: 9 } } },',
    );
    const { platform } = await startPlatform({ yaml });
    const { constructs } = (await platform('synth --env dev --constructs --json')).json();
    expect(constructs).toContainEqual({ path: 'messaging/QueueJobs/Queue', type: 'AWS::SQS::Queue' });
    const queue = async (environment: string) => {
      const template = (await platform(`synth --env ${environment} --stack messaging --json`)).json();
      return Object.entries<{ Properties: object }>(template.Resources).find(([id]) =>
        /^QueueJobsQueue(?!Policy)/.test(id),
      )![1].Properties;
    };
    expect(await queue('dev')).toMatchObject({ DelaySeconds: 7, Tags: [{ Key: 'team', Value: 'shop' }] });
    expect(await queue('prod')).toMatchObject({ DelaySeconds: 9 });
  });

  it.each([
    ['messaging/QueueJobs/Qeue', 'fix: write messaging/QueueJobs/Queue'],
    ['mesaging/QueueJobs/Queue', 'fix: write messaging/QueueJobs/Queue'],
    ['messaging/Nothing/AtAll', 'fix: write one of messaging/QueueJobs/'],
  ])('of %s, which nothing has, are refused with what is near (exit 2)', async (path, fix) => {
    const yaml = overriding('properties: { DelaySeconds: 7 }').replace('messaging/QueueJobs/Queue', path);
    const { platform } = await startPlatform({ yaml, env: NO_LINTERS });
    const run = await platform('validate --env dev');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(fix);
    expect(run.stderr).toContain('id: override-unknown');
  });

  it.each([
    ['a word without a stack', 'overrides: { Queue: {} }'],
    ['a property with a space', 'overrides: { messaging/QueueJobs/Queue: { properties: { "Delay Seconds": 1 } } }'],
    ['another part of a resource', 'overrides: { messaging/QueueJobs/Queue: { deletionPolicy: Delete } }'],
  ])('with %s do not load (exit 2)', async (_, block) => {
    const { platform } = await startPlatform({ yaml: smallYaml(`${QUEUE}\n${block}`) });
    expect(await platform('synth --env dev')).toMatchObject({ exitCode: 2, stdout: '' });
  });

  it('lead around a safety rule only with a waiver', async () => {
    const { platform, configure, succeed } = await startDeployable({
      yaml: overriding(weak),
      env: NO_LINTERS,
    });
    const found = await platform('validate --env dev --json');
    expect(found.exitCode).toBe(1);
    expect(found.json().problems).toMatchObject([
      {
        rule: 'queue-encrypted',
        severity: 'error',
        path: 'messaging/QueueJobs/Queue',
        message: 'queue jobs: Messages lie in the queue as they are, because of overrides',
        remedy: expect.stringContaining('waivers: [{ rule: queue-encrypted, path: messaging/QueueJobs/Queue'),
      },
    ]);
    configure(overriding(weak, WAIVER));
    expect((await succeed('validate --env dev --strict --json')).json().problems).toMatchObject([
      { rule: 'queue-encrypted', waived: 'messages are public texts' },
    ]);
  });

  it('that break a rule, or say what AWS has not, are not deployed, and nothing is changed', async () => {
    const { platform, configure, writes } = await startDeployable({ yaml: overriding(weak), env: NO_LINTERS });
    const refused = await platform('deploy --env dev --yes --json');
    expect(refused.exitCode).toBe(1);
    expect(refused.json().error).toMatchObject({ id: 'deploy-blocked', problems: [{ rule: 'queue-encrypted' }] });
    configure(overriding('properties: { DelaySecond: 7 }'));
    const unknown = await platform('deploy --env dev --yes --json', { env: { CDK_VALIDATION: 'true' } });
    expect(unknown.json().error).toMatchObject({ id: 'deploy-blocked', problems: [{ rule: 'F3002' }] });
    expect(writes()).toEqual([]);
  });

  it('are named by diff each time, long after they were deployed', async () => {
    const { succeed, aws } = await startDeployable({ yaml: overriding(weak, WAIVER), env: NO_LINTERS });
    await succeed('deploy --env dev --yes');
    const { Attributes } = await aws
      .client(SQSClient)
      .send(new GetQueueAttributesCommand({ QueueUrl: await queueUrl(aws), AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ SqsManagedSseEnabled: 'false' });
    const quiet = await succeed('diff --env dev');
    expect(quiet.stdout).toBe(`dev is as configured: nothing would change
  overrides
      messaging/QueueJobs/Queue  SqsManagedSseEnabled: false
`);
    expect((await succeed('diff --env dev --json')).json().overrides).toEqual({
      'messaging/QueueJobs/Queue': { properties: { SqsManagedSseEnabled: false }, remove: [] },
    });
  });
});
