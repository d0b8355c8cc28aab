import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AllocateAddressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, DescribeImagesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  CreateRoleCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { startSandbox } from '../../testing/start-sandbox.ts';
import { breakSandbox } from '../connect.ts';
import { ecsScene } from '../services/ecs/ecs-scene.ts';
import { trust } from '../services/iam/iam-scene.ts';
import type { BreakStep } from './break-steps.ts';

const ACCOUNT = '000000000000';
const breaking =
  ({ control }: { control: { port: number; token: string } }) =>
  (...steps: BreakStep[]) =>
    breakSandbox(control, { account: ACCOUNT, region: 'us-east-1', steps });

it('stops at a step that AWS refuses, keeps what was done before, and names the refusal', async () => {
  const sandbox = await startSandbox();
  const sqs = sandbox.client(SQSClient);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const outcome = await breaking(sandbox)(
    { 'fill-queue': { url: QueueUrl, messages: 3 } },
    { call: { operation: 's3:DeleteBucket', with: { Bucket: 'not-there' } } },
    { 'fill-queue': { url: QueueUrl, messages: 3 } },
  );
  expect(outcome).toMatchObject({ done: [`3 messages wait in ${QueueUrl}`], refused: { code: 'NoSuchBucket' } });
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: '3' });
});

it.each([
  [{}, 'UnknownStep'],
  [{ explode: {} } as BreakStep, 'UnknownStep'],
  [{ 'delete-role': { role: 'a' }, 'forget-faults': {} }, 'UnknownStep'],
  [{ 'delete-role': { roles: 'a' } }, 'StepInvalid'],
  [{ 'delete-role': { role: 'nobody' } }, 'StepInvalid'],
  [{ call: { operation: 'ecs:Explode' } }, 'UnknownOperation'],
])('refuses %j with %s', async (step, code) => {
  const sandbox = await startSandbox();
  expect(await breaking(sandbox)(step)).toMatchObject({ done: [], refused: { code } });
});

it('is for those alone who may read the token', async () => {
  const sandbox = await startSandbox();
  const request = { account: ACCOUNT, region: 'us-east-1', steps: [] };
  await expect(breakSandbox({ ...sandbox.control, token: 'guessed' }, request)).rejects.toThrow('403');
});

it('takes rights and roles, and gives them back as they were', async () => {
  const sandbox = await startSandbox();
  const iam = sandbox.client(IAMClient);
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: '*' },
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' },
    ],
  });
  const RoleName = 'web';
  await iam.send(
    new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(trust('ecs-tasks.amazonaws.com')) }),
  );
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument }));
  const decisions = async () => {
    const { EvaluationResults } = await iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: `arn:aws:iam::${ACCOUNT}:role/web`,
        ActionNames: ['s3:GetObject', 's3:PutObject', 'sqs:SendMessage'],
      }),
    );
    return EvaluationResults!.map(({ EvalDecision }) => EvalDecision);
  };
  const act = breaking(sandbox);
  await act({ 'take-right': { role: 'web', actions: ['s3:GetObject', 'sqs:SendMessage'] } });
  expect(await decisions()).toEqual(['implicitDeny', 'allowed', 'implicitDeny']);
  await act({ 'give-back': { taken: 'take-right', from: 'web' } });
  expect(await decisions()).toEqual(['allowed', 'allowed', 'allowed']);

  await act({ 'delete-role': { role: 'web' } });
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toThrow('cannot be found');
  await act({ 'give-back': { taken: 'delete-role', from: 'web' } });
  expect(await decisions()).toEqual(['allowed', 'allowed', 'allowed']);
});

it('pushes images of any platform, with and without an attestation', async () => {
  const sandbox = await startSandbox();
  const ecr = sandbox.client(ECRClient);
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'web' }));
  const { done } = await breaking(sandbox)(
    { 'push-image': { repository: 'web', tag: 'arm', platforms: ['linux/arm64'] } },
    { 'push-image': { repository: 'web', tag: 'attested', attestation: true } },
  );
  expect(done).toEqual([
    expect.stringMatching(/^web:arm is linux\/arm64 \(sha256:[0-9a-f]{64}\)$/),
    expect.stringMatching(/^web:attested is linux\/amd64 with an attestation \(sha256:/),
  ]);
  const { imageDetails } = await ecr.send(
    new DescribeImagesCommand({ repositoryName: 'web', imageIds: [{ imageTag: 'arm' }, { imageTag: 'attested' }] }),
  );
  expect(imageDetails!.map(({ imageManifestMediaType }) => imageManifestMediaType).sort()).toEqual([
    'application/vnd.oci.image.index.v1+json',
    'application/vnd.oci.image.manifest.v1+json',
  ]);
});

it('lowers a quota, to which AWS then holds the account (F-134)', async () => {
  const sandbox = await startSandbox();
  const addresses = { 'set-quota': { service: 'ec2', code: 'L-0263D0A3', value: 0 } };
  expect(await breaking(sandbox)(addresses)).toEqual({ done: ['the account may have 0 of EC2-VPC Elastic IPs'] });
  await expect(sandbox.client(EC2Client).send(new AllocateAddressCommand({ Domain: 'vpc' }))).rejects.toThrow(
    'The maximum number of addresses has been reached.',
  );
});

it('fills and empties buckets, every version of them', async () => {
  const sandbox = await startSandbox();
  const s3 = sandbox.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
  const act = breaking(sandbox);
  await act({ 'fill-bucket': { bucket: 'files', objects: 3 } });
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'files' }))).KeyCount).toBe(3);
  expect(await act({ 'empty-bucket': { bucket: 'files' } })).toEqual({ done: ['bucket files lost 3 versions'] });
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'files' }))).KeyCount).toBe(0);
});

it('changes a stack by hand, and comes back when CloudFormation has come to rest', async () => {
  const sandbox = await startSandbox();
  const cloudFormation = sandbox.client(CloudFormationClient);
  const TemplateBody = JSON.stringify({
    Resources: { Q: { Type: 'AWS::SQS::Queue' } },
    Outputs: { Url: { Value: { Ref: 'Q' } } },
  });
  await cloudFormation.send(new CreateStackCommand({ StackName: 'shop', TemplateBody }));
  await sandbox.settle();
  const stack = async () => (await cloudFormation.send(new DescribeStacksCommand({ StackName: 'shop' }))).Stacks![0]!;
  const url = (await stack()).Outputs![0]!.OutputValue!;
  const act = breaking(sandbox);
  const change = { 'change-stack': { stack: 'shop', resource: url, set: { VisibilityTimeout: 77 } } };
  expect(await act(change)).toEqual({ done: ['Q of shop is changed by hand: VisibilityTimeout'] });
  expect((await stack()).StackStatus).toBe('UPDATE_COMPLETE');
  await act({ call: { operation: 'sqs:DeleteQueue', with: { QueueUrl: url } } });
  await act({ 'change-stack': { stack: 'shop', resource: url, set: { VisibilityTimeout: 78 } } });
  expect((await stack()).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
});

it('has containers end, write and answer as it says, and forgets it (F-49)', async () => {
  const scene = await ecsScene();
  const act = breaking(scene);
  await scene.register();
  const oom = { code: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' };
  await act({ container: { of: 'web', exit: oom, logs: ['one', { text: 'x', times: 1_000 }] } });
  await scene.createService({ desiredCount: 1 });
  await scene.settle();
  const [stopped] = await scene.tasks('STOPPED');
  expect(stopped!.containers![0]).toMatchObject({ exitCode: 137, reason: oom.reason });
  await act({ 'forget-container': { of: 'web' } });
  await scene.advance(60 * 60_000);
  expect((await scene.service()).runningCount).toBe(1);
});

it('takes the route of a service, so that no image comes, and gives it back (F-45)', async () => {
  const scene = await ecsScene();
  const act = breaking(scene);
  await scene.register();
  await scene.createService({ desiredCount: 1 });
  await scene.settle();
  await act({ 'take-route': { service: 'shop/web' } });
  await scene.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', forceNewDeployment: true }));
  await scene.settle();
  expect((await scene.tasks('STOPPED'))[0]!.stoppedReason).toMatch(/^CannotPullContainerError: /);
  expect(await act({ 'give-back': { taken: 'take-route', from: 'shop/web' } })).toEqual({
    done: ['shop/web has back what take-route took'],
  });
  await scene.advance(60 * 60_000);
  expect((await scene.service()).deployments).toMatchObject([{ status: 'PRIMARY', runningCount: 1 }]);
});
