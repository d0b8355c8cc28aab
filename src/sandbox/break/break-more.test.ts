import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  ListExportsCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeNetworkInterfacesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { RunTaskCommand } from '@aws-sdk/client-ecs';
import { expect, it } from 'vitest';
import { startSandbox } from '../../testing/start-sandbox.ts';
import { breakSandbox } from '../connect.ts';
import { ecsScene } from '../services/ecs/ecs-scene.ts';
import type { BreakStep } from './break-steps.ts';

const ACCOUNT = '000000000000';
const breaking =
  ({ control }: { control: { port: number; token: string } }) =>
  (...steps: BreakStep[]) =>
    breakSandbox(control, { account: ACCOUNT, region: 'us-east-1', steps });

async function runningService(logged = false) {
  const scene = await ecsScene();
  const options = { 'awslogs-group': 'web', 'awslogs-region': 'us-east-1', 'awslogs-stream-prefix': 'app' };
  if (logged) await scene.client(CloudWatchLogsClient).send(new CreateLogGroupCommand({ logGroupName: 'web' }));
  await scene.register(
    logged
      ? { containerDefinitions: [{ name: 'web', logConfiguration: { logDriver: 'awslogs' as const, options } }] }
      : {},
  );
  await scene.createService({ desiredCount: 1 });
  await scene.settle();
  return scene;
}

it('has running tasks write what no terminal should see: escapes, megabytes, bytes that are no text', async () => {
  const scene = await runningService(true);
  const { done } = await breaking(scene)({
    'write-log': {
      service: 'shop/web',
      lines: ['\u001b[2Jgone', { text: 'x', times: 1_500_000 }, { hex: 'c328ff41' }],
    },
  });
  expect(done).toEqual(['1 running tasks of shop/web write 3 lines']);
  const logs = scene.client(CloudWatchLogsClient);
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: 'web' }));
  const lines = events!.map(({ message }) => message!);
  expect(lines[0]).toBe('\u001b[2Jgone');
  expect(lines.at(-1)).toBe('\ufffd(\ufffdA');
  // As the log driver cuts it: an event holds 262,118 bytes.
  expect(lines.slice(1, -1).map((one) => one.length)).toEqual([262_118, 262_118, 262_118, 262_118, 262_118, 189_410]);
});

it('lets no task more run than vCPUs are granted, says so as ECS does, and ends the rollout (F-56)', async () => {
  const scene = await runningService();
  const act = breaking(scene);
  expect(await act({ 'set-quota': { service: 'fargate', code: 'L-3032A538', value: 0 } })).toEqual({
    done: ['the account may have 0 of Fargate On-Demand vCPU resource count'],
  });
  const { networkConfiguration } = scene;
  const request = { cluster: 'shop', taskDefinition: 'web', launchType: 'FARGATE' as const, networkConfiguration };
  const { tasks, failures } = await scene.ecs.send(new RunTaskCommand(request));
  expect(tasks).toEqual([]);
  expect(failures).toMatchObject([{ reason: expect.stringContaining('the limit on the number of vCPUs') }]);

  await act({ 'set-quota': { service: 'fargate', code: 'L-3032A538', value: 1 } });
  const partly = await scene.ecs.send(new RunTaskCommand({ ...request, count: 5 }));
  expect([partly.tasks!.length, partly.failures!.length]).toEqual([3, 2]);
});

it('leaves an interface of somebody else in a subnet of a service, and takes it away again (F-138)', async () => {
  const scene = await runningService();
  const act = breaking(scene);
  const standing = async () => {
    const { NetworkInterfaces = [] } = await scene.client(EC2Client).send(new DescribeNetworkInterfacesCommand({}));
    return NetworkInterfaces.filter(({ Description }) => Description === 'of others').length;
  };
  await act({ 'leave-interface': { service: 'shop/web', description: 'of others' } });
  expect(await standing()).toBe(1);
  await act({ 'give-back': { taken: 'leave-interface', from: 'of others' } });
  expect(await standing()).toBe(0);
});

it('requests a certificate under a known id, which waits for its record (F-70)', async () => {
  const sandbox = await startSandbox();
  const id = '6a0f9d2e-7f4b-4c53-8f0a-1d2c3b4a5968';
  await breaking(sandbox)({ 'request-certificate': { domain: 'shop.example.com', id } });
  const CertificateArn = `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/${id}`;
  const { Certificate } = await sandbox.client(ACMClient).send(new DescribeCertificateCommand({ CertificateArn }));
  expect(Certificate).toMatchObject({ DomainName: 'shop.example.com', Status: 'PENDING_VALIDATION' });
});

it('lets time pass, after which ECS has forgotten the tasks that stopped (F-150)', async () => {
  const scene = await runningService();
  const act = breaking(scene);
  await act({ container: { of: 'web', exit: { code: 3 } } });
  await act({
    call: { operation: 'ecs:UpdateService', with: { cluster: 'shop', service: 'web', forceNewDeployment: true } },
  });
  expect((await scene.tasks('STOPPED')).length).toBeGreaterThan(0);
  await act({ 'forget-container': { of: 'web' } });
  expect(await act({ 'pass-time': { seconds: 4 * 3600 } })).toEqual({ done: ['14400 seconds pass'] });
  expect(await scene.tasks('STOPPED')).toEqual([]);
});

it('exports an output by hand; and leaves a stack under way, for as long as was said (F-06, F-09)', async () => {
  const sandbox = await startSandbox();
  const cloudFormation = sandbox.client(CloudFormationClient);
  const TemplateBody = JSON.stringify({
    Resources: { Q: { Type: 'AWS::SQS::Queue' } },
    Outputs: { Url: { Value: { Ref: 'Q' } } },
  });
  await cloudFormation.send(new CreateStackCommand({ StackName: 'shop', TemplateBody }));
  await sandbox.settle();
  const act = breaking(sandbox);
  await act({ 'export-output': { stack: 'shop', output: 'Url', as: 'jobs' } });
  expect((await cloudFormation.send(new ListExportsCommand({}))).Exports).toMatchObject([{ Name: 'jobs' }]);
  expect(await act({ 'export-output': { stack: 'shop', output: 'Arn', as: 'x' } })).toMatchObject({
    refused: { code: 'StepInvalid' },
  });

  const status = async () =>
    (await cloudFormation.send(new DescribeStacksCommand({ StackName: 'shop' }))).Stacks![0]!.StackStatus;
  await act({ 'stack-under-way': { stack: 'shop', seconds: 1 } });
  expect(await status()).toBe('UPDATE_IN_PROGRESS');
  await sandbox.settle();
  expect(await status()).toBe('UPDATE_COMPLETE');
});
