import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  AttachRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand, ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const allow = (Action: string, more: object = {}) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*', ...more }],
});
const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
});

/** A role with every way of giving rights, a queue with its dead letters, and a rule that feeds it. */
const template = ({ action = 's3:GetObject', days = 7, maxReceive = 3 } = {}) =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust('ecs-tasks.amazonaws.com'),
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy'],
          Policies: [{ PolicyName: 'own', PolicyDocument: allow(action) }],
          Tags: [{ Key: 'stage', Value: 'test' }],
        },
      },
      Inline: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'more', PolicyDocument: allow('sqs:SendMessage'), Roles: [{ Ref: 'Role' }] },
      },
      Managed: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: 'shared', PolicyDocument: allow(action), Roles: [{ Ref: 'Role' }] },
      },
      Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
      Provider: {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: { Url: 'https://token.actions.githubusercontent.com', ClientIdList: ['sts.amazonaws.com'] },
      },
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop', RetentionInDays: days } },
      Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: maxReceive },
        },
      },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: allow('sqs:SendMessage', {
            Principal: { Service: 'events.amazonaws.com' },
            Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
            Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': ['Rule', 'Arn'] } } },
          }),
        },
      },
      Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'orders' } },
      Archive: { Type: 'AWS::Events::Archive', Properties: { SourceArn: { 'Fn::GetAtt': ['Bus', 'Arn'] } } },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          EventPattern: { source: ['shop'] },
          Targets: [{ Id: 'queue', Arn: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
    },
    Outputs: {
      Role: { Value: { Ref: 'Role' } },
      Managed: { Value: { Ref: 'Managed' } },
      Queue: { Value: { Ref: 'Queue' } },
      QueueName: { Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } },
      Rule: { Value: { Ref: 'Rule' } },
      Logs: { Value: { 'Fn::GetAtt': ['Logs', 'Arn'] } },
    },
  });

async function open() {
  const sandbox = await startSandbox();
  const cfn = sandbox.client(CloudFormationClient);
  const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
  const create = async (TemplateBody: string) => {
    await cfn.send(new CreateStackCommand({ StackName: 'shop', TemplateBody, Capabilities }));
    await sandbox.settle();
  };
  const update = async (TemplateBody: string) => {
    await cfn.send(new UpdateStackCommand({ StackName: 'shop', TemplateBody, Capabilities }));
    await sandbox.settle();
  };
  const stack = async () => {
    const { Stacks } = await cfn.send(new DescribeStacksCommand({ StackName: 'shop' }));
    const { StackStatus, Outputs = [] } = Stacks![0]!;
    const outputs = Object.fromEntries(Outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
    return { StackStatus, outputs };
  };
  const remove = async () => {
    await cfn.send(new DeleteStackCommand({ StackName: 'shop' }));
    await sandbox.settle();
  };
  const reasons = async () => {
    const { StackEvents } = await cfn.send(new DescribeStackEventsCommand({ StackName: 'shop' }));
    return StackEvents!.map(({ ResourceStatusReason }) => ResourceStatusReason ?? '').join('\n');
  };
  return { sandbox, create, update, stack, remove, reasons };
}

it('gives a stack its roles, logs, queues and rules', async () => {
  const { sandbox, create, update, stack, remove, reasons } = await open();
  await create(template());
  const { StackStatus, outputs } = await stack();
  expect([StackStatus, await reasons()].join(' ')).toMatch(/^CREATE_COMPLETE/);
  expect(outputs).toMatchObject({
    Role: expect.stringMatching(/^shop-Role-/),
    Managed: 'arn:aws:iam::000000000000:policy/shared',
    Queue: expect.stringMatching(/\/000000000000\/shop-Queue-/),
    Rule: expect.stringMatching(/^orders\|shop-Rule-/),
    Logs: 'arn:aws:logs:us-east-1:000000000000:log-group:/shop:*',
  });

  const events = sandbox.client(EventBridgeClient);
  const Entries = [{ EventBusName: 'orders', Source: 'shop', DetailType: 'x', Detail: '{"a":1}' }];
  await events.send(new PutEventsCommand({ Entries }));
  const sqs = sandbox.client(SQSClient);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: outputs.Queue }));
  expect(JSON.parse(Messages![0]!.Body!)).toMatchObject({ source: 'shop', detail: { a: 1 } });

  await update(template({ action: 's3:*', days: 30, maxReceive: 9 }));
  expect((await stack()).StackStatus).toBe('UPDATE_COMPLETE');
  const iam = sandbox.client(IAMClient);
  const own = await iam.send(new GetRolePolicyCommand({ RoleName: outputs.Role, PolicyName: 'own' }));
  expect(decodeURIComponent(own.PolicyDocument!)).toContain('"s3:*"');
  const { Versions } = await iam.send(new ListPolicyVersionsCommand({ PolicyArn: outputs.Managed }));
  expect(Versions).toMatchObject([
    { VersionId: 'v2', IsDefaultVersion: true },
    { VersionId: 'v1', IsDefaultVersion: false },
  ]);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: outputs.Queue, AttributeNames: ['RedrivePolicy'] }),
  );
  expect(JSON.parse(Attributes!.RedrivePolicy!).maxReceiveCount).toBe(9);
  const { logGroups } = await sandbox.client(CloudWatchLogsClient).send(new DescribeLogGroupsCommand({}));
  expect(logGroups).toMatchObject([{ logGroupName: '/shop', retentionInDays: 30 }]);

  await remove();
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toBeUndefined();
  await create(template());
  expect((await stack()).StackStatus).toBe('CREATE_COMPLETE');
});

it('does not take away a role to which somebody else attached a policy', async () => {
  const { sandbox, create, stack, remove, reasons } = await open();
  await create(
    JSON.stringify({
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust('ec2.amazonaws.com') } },
      },
      Outputs: { Role: { Value: { Ref: 'Role' } } },
    }),
  );
  const RoleName = (await stack()).outputs.Role;
  const PolicyArn = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';
  await sandbox.client(IAMClient).send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  await remove();
  expect((await stack()).StackStatus).toBe('DELETE_FAILED');
  expect(await reasons()).toContain('Cannot delete entity, must detach all policies first.');
});
