import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { AddPermissionCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CancelRotateSecretCommand,
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { open as openLambda, zip } from '../lambda/lambda-scene.ts';
import { messagesOf } from '../sqs/state.ts';

const DAY_MS = 24 * 60 * 60_000;
const RotationLambdaARN = 'arn:aws:lambda:us-east-1:000000000000:function:f';

/** The least that rotates: the steps leave their names behind in the value. */
const ROTATE = `
const sm = require('@aws-sdk/client-secrets-manager');
const client = new sm.SecretsManagerClient({});
exports.handler = async ({ Step, SecretId, ClientRequestToken: id }) => {
  console.log('step ' + Step);
  if (process.env.FAIL_AT === Step) throw new Error('no luck');
  if (Step === 'createSecret')
    await client.send(new sm.PutSecretValueCommand({ SecretId, ClientRequestToken: id, SecretString: 'new', VersionStages: ['AWSPENDING'] }));
  if (Step !== 'finishSecret') return;
  const { VersionIdsToStages } = await client.send(new sm.DescribeSecretCommand({ SecretId }));
  const [before] = Object.entries(VersionIdsToStages).find(([, stages]) => stages.includes('AWSCURRENT'));
  await client.send(new sm.UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: id, RemoveFromVersionId: before }));
  await client.send(new sm.UpdateSecretVersionStageCommand({ SecretId, VersionStage: 'AWSPENDING', RemoveFromVersionId: id })).catch(() => {});
};`;

async function open({ isAllowed = true } = {}) {
  const scene = await openLambda();
  const { sandbox, lambda, made } = scene;
  const sm = sandbox.client(SecretsManagerClient);
  await made({ Code: { ZipFile: zip(ROTATE) }, Timeout: 30 });
  const permission = {
    FunctionName: 'f',
    StatementId: 's',
    Action: 'lambda:InvokeFunction',
    Principal: 'secretsmanager.amazonaws.com',
    SourceAccount: '000000000000',
  };
  if (isAllowed) await lambda.send(new AddPermissionCommand(permission));
  const { ARN } = await sm.send(new CreateSecretCommand({ Name: 'shop', SecretString: 'old' }));
  const failAt = async (FAIL_AT: string) => {
    const Environment = { Variables: { FAIL_AT } };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'f', Environment }));
    await sandbox.settle();
  };
  return {
    ...scene,
    sm,
    ARN: ARN!,
    failAt,
    rotate: (more: object = {}) =>
      sm.send(
        new RotateSecretCommand({
          SecretId: 'shop',
          RotationLambdaARN,
          RotationRules: { AutomaticallyAfterDays: 30 },
          ...more,
        }),
      ),
    value: async (VersionStage = 'AWSCURRENT') =>
      (await sm.send(new GetSecretValueCommand({ SecretId: 'shop', VersionStage }))).SecretString,
    stages: async () => (await sm.send(new DescribeSecretCommand({ SecretId: 'shop' }))).VersionIdsToStages!,
  };
}

/** A trail that logs, and a queue that gets every event of Secrets Manager. */
async function listen({ sandbox }: Awaited<ReturnType<typeof open>>) {
  const s3 = sandbox.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'trail' }));
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  const Statement = [
    { Effect: 'Allow', Principal, Action: 's3:*', Resource: ['arn:aws:s3:::trail', 'arn:aws:s3:::trail/*'] },
  ];
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'trail', Policy: JSON.stringify({ Statement }) }));
  const trail = sandbox.client(CloudTrailClient);
  await trail.send(new CreateTrailCommand({ Name: 'all', S3BucketName: 'trail' }));
  await trail.send(new StartLoggingCommand({ Name: 'all' }));
  const Policy = JSON.stringify({
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
    ],
  });
  await sandbox.client(SQSClient).send(new CreateQueueCommand({ QueueName: 'heard', Attributes: { Policy } }));
  const events = sandbox.client(EventBridgeClient);
  await events.send(new PutRuleCommand({ Name: 'r', EventPattern: '{"source":["aws.secretsmanager"]}' }));
  const Arn = 'arn:aws:sqs:us-east-1:000000000000:heard';
  await events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id: 't', Arn }] }));
  return () =>
    messagesOf(sandbox.scope, 'heard')
      .values()
      .map(({ body }) => JSON.parse(body));
}

it('test_rotate_secret_with_lambda_success, test_rotate_secret_multiple_times_with_lambda_success: four steps move the labels, and are told of where a trail logs', async () => {
  const scene = await open();
  const heard = await listen(scene);
  const { sandbox, rotate, value, stages, sm, ARN } = scene;
  const [before] = Object.keys(await stages());
  const { VersionId, ...rest } = await rotate();
  expect(rest).toMatchObject({ ARN, Name: 'shop' });
  await sandbox.settle();
  expect([await value(), await value('AWSPREVIOUS')]).toEqual(['new', 'old']);
  expect(await stages()).toEqual({ [before!]: ['AWSPREVIOUS'], [VersionId!]: ['AWSCURRENT'] });
  const described = await sm.send(new DescribeSecretCommand({ SecretId: 'shop' }));
  expect(described).toMatchObject({ RotationEnabled: true, RotationLambdaARN, LastRotatedDate: expect.any(Date) });
  expect(heard()).toMatchObject([
    { 'detail-type': 'AWS Service Event via CloudTrail', detail: { eventName: 'RotationStarted' } },
    { detail: { eventName: 'RotationSucceeded', additionalEventData: { SecretId: ARN } } },
  ]);
  const again = await sm.send(new RotateSecretCommand({ SecretId: 'shop' }));
  await sandbox.settle();
  expect(await stages()).toEqual({ [VersionId!]: ['AWSPREVIOUS'], [again.VersionId!]: ['AWSCURRENT'] });
});

it('rotates by itself when its days have passed, and no more when that was cancelled', async () => {
  const { sandbox, rotate, stages, sm } = await open();
  await rotate({ RotateImmediately: false });
  await sandbox.settle();
  const [first] = Object.keys(await stages());
  await sandbox.advance(29 * DAY_MS);
  expect(Object.keys(await stages())).toEqual([first]);
  await sandbox.advance(2 * DAY_MS);
  await sandbox.settle();
  expect((await stages())[first!]).toEqual(['AWSPREVIOUS']);
  await sm.send(new CancelRotateSecretCommand({ SecretId: 'shop' }));
  const then = await stages();
  await sandbox.advance(60 * DAY_MS);
  expect(await stages()).toEqual(then);
});

it('without rotating at once only the step testSecret is asked for, with a version that goes again', async () => {
  const { sandbox, rotate, stages, value, sm } = await open();
  expect(await rotate({ RotateImmediately: false })).not.toHaveProperty('VersionId');
  await sandbox.settle();
  expect(Object.values(await stages())).toEqual([['AWSCURRENT']]);
  expect(await value()).toBe('old');
  const { Versions } = await sm.send(new ListSecretVersionIdsCommand({ SecretId: 'shop', IncludeDeprecated: true }));
  expect(Versions).toHaveLength(1);
});

it('a step that fails leaves AWSPENDING, is told of, refuses another rotation, and is tried again', async () => {
  const scene = await open();
  const heard = await listen(scene);
  const { sandbox, rotate, value, failAt } = scene;
  await failAt('setSecret');
  await rotate();
  await sandbox.settle();
  expect([await value(), await value('AWSPENDING')]).toEqual(['old', 'new']);
  expect(heard().map(({ detail }) => detail.eventName)).toEqual(['RotationStarted', 'RotationFailed']);
  expect(await answerOf(rotate())).toEqual(
    refusal('InvalidRequestException', "A previous rotation isn't complete. That rotation will be reattempted."),
  );
  await failAt('');
  await sandbox.advance(10 * 60_000);
  await sandbox.settle();
  expect(await value()).toBe('new');
});

it('a version without a value has none to tell', async () => {
  const { sandbox, rotate, failAt, sm } = await open();
  await failAt('createSecret');
  const { VersionId } = await rotate();
  await sandbox.settle();
  for (const wanted of [{ VersionId }, { VersionStage: 'AWSPENDING' }, { VersionId, VersionStage: 'AWSPENDING' }])
    await expect(sm.send(new GetSecretValueCommand({ SecretId: 'shop', ...wanted }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
});

it('a function whose policy does not let Secrets Manager in is refused, by CloudFormation as well', async () => {
  const { sandbox, rotate } = await open({ isAllowed: false });
  await expect(rotate()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  const cloudformation = sandbox.client(CloudFormationClient);
  const Properties = { SecretId: 'shop', RotationLambdaARN, RotationRules: { AutomaticallyAfterDays: 30 } };
  const Resources = { Schedule: { Type: 'AWS::SecretsManager::RotationSchedule', Properties } };
  await cloudformation.send(new CreateStackCommand({ StackName: 's', TemplateBody: JSON.stringify({ Resources }) }));
  await sandbox.settle();
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 's' }));
  expect(Stacks![0]!.StackStatus).toBe('ROLLBACK_COMPLETE');
});
