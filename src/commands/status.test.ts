import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type StartedPlatform, startPlatform } from '../testing/start-platform.ts';

describe('before the first deployment', () => {
  it.each(['status', 'outputs', 'events'])('platform %s says so and exits 0', async (command) => {
    const { platform } = await startPlatform();
    const { exitCode, stdout, stderr } = await platform(`${command} --env dev`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('platform deploy --env dev brings it up');
  });

  it('their documents are whole all the same', async () => {
    const { platform } = await startPlatform();
    expect((await platform('status --env dev --json')).json()).toEqual({
      environment: 'dev',
      account: '111111111111',
      region: 'us-east-1',
      sandbox: false,
      deployed: false,
      release: null,
      stacks: [],
      services: [],
      functions: [],
      pausedQueues: [],
      sites: [],
      accessRoles: [],
    });
    expect((await platform('outputs --env dev --json')).json()).toEqual({});
    expect((await platform('events --env dev --json')).json()).toEqual({
      environment: 'dev',
      rootCauses: [],
      events: [],
    });
  });

  it('an output and a stack asked for by name are missing', async () => {
    const { platform } = await startPlatform();
    expect(await platform('outputs services.web.url --env dev')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('id: output-missing'),
    });
    expect(await platform('events --stack network --env dev')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('id: stack-missing'),
    });
  });
});

/** Two buckets of one name, of which the second cannot be made. */
const bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'demo-taken-twice' } };
const FAILING = { Resources: { Good: bucket, Bad: { ...bucket, DependsOn: 'Good' } } };

async function createStack({ aws }: StartedPlatform, name: string, template: object): Promise<void> {
  const client = aws.client(CloudFormationClient);
  await client.send(new CreateStackCommand({ StackName: name, TemplateBody: JSON.stringify(template) }));
  await aws.settle();
}

describe('after a failed creation', () => {
  it('status shows the stack as CloudFormation calls it', async () => {
    const started = await startPlatform();
    await createStack(started, 'demo-dev-messaging', FAILING);
    const { stacks, deployed } = (await started.platform('status --env dev --json')).json();
    expect(deployed).toBe(true);
    expect(stacks).toMatchObject([{ id: 'messaging', name: 'demo-dev-messaging', status: 'ROLLBACK_COMPLETE' }]);
  });

  it('events name the root cause first, not what only followed from it (F-04, S1-83)', async () => {
    const started = await startPlatform();
    await createStack(started, 'demo-dev-messaging', FAILING);
    const { stdout } = await started.platform('events --env dev');
    expect(stdout.split('\n')[0]).toMatch(/^root cause in demo-dev-messaging: Bad \(AWS::S3::Bucket\): /);
    const { events, rootCauses } = (await started.platform('events --env dev --json --limit 2')).json();
    expect(events).toHaveLength(2);
    expect(events[0]).toMatchObject({ id: 'demo-dev-messaging', status: 'ROLLBACK_COMPLETE' });
    expect(rootCauses).toMatchObject([{ id: 'Bad', status: 'CREATE_FAILED' }]);
  });

  it('a stack that is not of this environment is not shown', async () => {
    const started = await startPlatform();
    await createStack(started, 'demo-dev-2-messaging', { Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
    expect((await started.platform('status --env dev --json')).json().stacks).toEqual([]);
  });
});

it('a denied call names the permission to ask for', async () => {
  const { platform, aws } = await startPlatform();
  aws.faults.push({
    operation: 'DescribeStacks',
    times: 99,
    with: new AwsFault('AccessDenied', 'User is not authorized', { status: 403 }),
  });
  const { exitCode, stderr } = await platform('status --env dev');
  expect(exitCode).toBe(4);
  expect(stderr).toContain('AWS denied cloudformation:DescribeStacks');
});

it('terminal escapes in what AWS says do not reach the terminal', async () => {
  const { platform, aws } = await startPlatform();
  aws.faults.push({
    operation: 'DescribeStacks',
    times: 99,
    with: new AwsFault('ValidationError', 'bad \u001b]0;owned\u0007\u001b[2Jname'),
  });
  const { stderr } = await platform('status --env dev');
  expect(stderr).toContain('bad name');
  expect(stderr).not.toMatch(/[\u001b\u0007]/);
});

it('an environment with many services is read with one listing, page by page', async () => {
  const services = Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [`s${index}`, { image: { context: '.' } }]),
  );
  const started = await startPlatform({
    yaml: JSON.stringify({
      project: 'demo',
      services,
      environments: { dev: { kind: 'dev', account: '111111111111' } },
    }),
  });
  await createStack(started, 'demo-dev-service-s7', { Resources: { Q: { Type: 'AWS::SQS::Queue' } } });
  const { stacks } = (await started.platform('status --env dev --json')).json();
  expect(stacks).toMatchObject([{ id: 'service-s7' }]);
  const described = started.aws.calls.filter(({ operation }) => operation === 'DescribeStacks');
  expect(described).toHaveLength(1);
});
