import { DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy, eventsOf, outputsOf, statusLine } from '../deploy.ts';
import { condensed } from '../notation.ts';
import { att, parameter, ref, stackOf } from '../templates.ts';

const equals = (name: string, value: string) => ({ 'Fn::Equals': [ref(name), value] });

const ssmOf = (scene: StackScene) => scene.sandbox.client(SSMClient);
const gone = async (scene: StackScene, Name: string) => {
  const { code } = await refusal(ssmOf(scene).send(new GetParameterCommand({ Name })));
  expect(code).toBe('ParameterNotFound');
};
const condensedLines = async (scene: StackScene, stackId: string) =>
  Object.fromEntries(
    Object.entries(
      Object.groupBy(condensed(await eventsOf(scene, stackId)), ({ LogicalResourceId }) => LogicalResourceId!),
    ).map(([id, events = []]) => [id, events.map(statusLine)]),
  );
const ofStack = (...what: string[]) => [
  'REVIEW_IN_PROGRESS <stack-id>',
  ...what.flatMap((each) => [`${each}_IN_PROGRESS <stack-id>`, `${each}_COMPLETE <stack-id>`]),
];

/** A parameter that stays when the environment is `prod`. */
const kept = (policy: 'DeletionPolicy' | 'UpdateReplacePolicy', properties: object = {}) =>
  stackOf(
    {
      MyParameter: parameter(ref('ParameterValue'), properties, {
        [policy]: { 'Fn::If': ['IsProd', 'Retain', 'Delete'] },
      }),
    },
    {
      Parameters: { EnvType: { Type: 'String' }, ParameterValue: { Type: 'String' } },
      Conditions: { IsProd: equals('EnvType', 'prod') },
      Transform: 'AWS::LanguageExtensions',
      Outputs: { ParameterName: { Value: ref('MyParameter') } },
    },
  );
const inEnv = (EnvType: string, update = false) => ({ parameters: { EnvType, ParameterValue: 'value' }, update });

export const POLICIES_CASES: Cases = {
  'engine/test_attributes.py::TestResourceAttributes::test_invalid_getatt_fails': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf(
          { MyResource: parameter('unimportant') },
          { Outputs: { InvalidOutput: { Value: att('MyResource', 'Invalid') } } },
        ),
      );
      const events = (await eventsOf(scene)).map(({ EventId, Timestamp, ...event }) => [
        typeof EventId,
        Timestamp instanceof Date,
        event,
      ]);
      const stack = (ResourceStatus: string, ResourceStatusReason?: string) => [
        'string',
        true,
        {
          LogicalResourceId: 'shop',
          PhysicalResourceId: expect.stringContaining(':stack/shop/'),
          ResourceStatus,
          ...(ResourceStatusReason ? { ResourceStatusReason } : {}),
          ResourceType: 'AWS::CloudFormation::Stack',
          StackId: expect.stringContaining(':stack/shop/'),
          StackName: 'shop',
        },
      ];
      expect(events).toEqual([
        stack('ROLLBACK_COMPLETE'),
        stack(
          'ROLLBACK_IN_PROGRESS',
          '[Error] /Outputs/InvalidOutput/Value/Fn::GetAtt: Resource type AWS::SSM::Parameter does not support attribute {Invalid}. Rollback requested by user.',
        ),
        stack('CREATE_IN_PROGRESS', 'User Initiated'),
        stack('REVIEW_IN_PROGRESS', 'User Initiated'),
      ]);
    },
  },
  'engine/test_attributes.py::TestResourceAttributes::test_dependency_on_attribute_with_dot_notation': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          {
            Queue: {
              Type: 'AWS::SQS::Queue',
              Properties: { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': 'Dead.Arn' }, maxReceiveCount: 3 } },
            },
            Dead: { Type: 'AWS::SQS::Queue' },
          },
          { Outputs: { DeadArn: { Value: { 'Fn::GetAtt': 'Dead.Arn' } } } },
        ),
      );
      expect(outputsOf(stack)).toEqual({
        DeadArn: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:shop-Dead-/),
      });
    },
  },
  'engine/test_deletion_policy.py::test_deletion_policy_with_deletion': {
    run: async (scene) => {
      const name = outputsOf(await deploy(scene, kept('DeletionPolicy'), inEnv('dev'))).ParameterName!;
      await scene.remove();
      await gone(scene, name);
    },
  },
  'engine/test_deletion_policy.py::test_deletion_policy_with_retain': {
    run: async (scene) => {
      const stack = await deploy(scene, kept('DeletionPolicy'), inEnv('prod'));
      await scene.remove();
      const name = outputsOf(stack).ParameterName!;
      expect((await ssmOf(scene).send(new GetParameterCommand({ Name: name }))).Parameter!.Value).toBe('value');
      expect(await condensedLines(scene, stack.StackId!)).toEqual({
        MyParameter: ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE', 'DELETE_SKIPPED'].map(
          (status) => `${status} CFN-MyParameter-<random>`,
        ),
        shop: ofStack('CREATE', 'DELETE'),
      });
    },
  },
  'engine/test_update_policy.py::test_update_replace_policy_deletion': {
    run: async (scene) => {
      await deploy(scene, kept('UpdateReplacePolicy', { Name: 'one' }), inEnv('dev'));
      await deploy(scene, kept('UpdateReplacePolicy', { Name: 'two' }), inEnv('dev', true));
      await gone(scene, 'one');
    },
  },
  'engine/test_update_policy.py::test_update_replace_policy_retain': {
    run: async (scene) => {
      const { StackId } = await deploy(scene, kept('UpdateReplacePolicy', { Name: 'one' }), inEnv('prod'));
      await deploy(scene, kept('UpdateReplacePolicy', { Name: 'two' }), inEnv('prod', true));
      expect(await condensedLines(scene, StackId!)).toEqual({
        MyParameter: [
          'CREATE_IN_PROGRESS one',
          'CREATE_COMPLETE one',
          'UPDATE_IN_PROGRESS two',
          'UPDATE_COMPLETE two',
          'DELETE_SKIPPED one',
        ],
        shop: ofStack('CREATE', 'UPDATE'),
      });
    },
  },
  'engine/test_replacement.py::test_requires_replacement': {
    run: async (scene) => {
      const queue = (QueueName: string) => stackOf({ MyQueue: { Type: 'AWS::SQS::Queue', Properties: { QueueName } } });
      const { StackId } = await deploy(scene, queue('one'));
      await deploy(scene, queue('two'), { update: true });
      const { MyQueue } = await condensedLines(scene, StackId!);
      expect(MyQueue!.map((line) => line.replace(/https?:\/\/\S+\/000000000000\//, ''))).toEqual([
        'CREATE_IN_PROGRESS one',
        'CREATE_COMPLETE one',
        'UPDATE_IN_PROGRESS two',
        'UPDATE_COMPLETE two',
        'DELETE_IN_PROGRESS one',
        'DELETE_COMPLETE one',
      ]);
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_queue_update': {
    run: async (scene) => {
      const queue = (properties: object) =>
        stackOf({ StandardQueue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'queue', ...properties } } });
      const sqs = scene.sandbox.client(SQSClient);
      const { StackId } = await deploy(scene, queue({}));
      const { StackResourceDetail } = await scene.client.send(
        new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'StandardQueue' }),
      );
      const attributes = async () => {
        const QueueUrl = StackResourceDetail!.PhysicalResourceId!;
        return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes;
      };
      const shown = (own: object) => ({
        ApproximateNumberOfMessages: '0',
        ApproximateNumberOfMessagesDelayed: '0',
        ApproximateNumberOfMessagesNotVisible: '0',
        CreatedTimestamp: expect.any(String),
        DelaySeconds: '0',
        LastModifiedTimestamp: expect.any(String),
        MaximumMessageSize: '1048576',
        MessageRetentionPeriod: '345600',
        QueueArn: 'arn:aws:sqs:us-east-1:000000000000:queue',
        ReceiveMessageWaitTimeSeconds: '0',
        SqsManagedSseEnabled: 'true',
        VisibilityTimeout: '30',
        ...own,
      });
      expect(await attributes()).toEqual(shown({}));
      const changed = {
        MaximumMessageSize: '4321',
        MessageRetentionPeriod: '17539',
        ReceiveMessageWaitTimeSeconds: '17',
      };
      await deploy(scene, queue(changed), { update: true });
      expect(await attributes()).toEqual(shown(changed));
      await deploy(scene, queue({}), { update: true });
      expect(await attributes()).toEqual(shown({ MaximumMessageSize: '262144' }));
      const { StandardQueue } = await condensedLines(scene, StackId!);
      expect(StandardQueue!.map((line) => line.split(' ')[0])).toEqual(
        ['CREATE', 'UPDATE', 'UPDATE'].flatMap((what) => [`${what}_IN_PROGRESS`, `${what}_COMPLETE`]),
      );
    },
  },
};
