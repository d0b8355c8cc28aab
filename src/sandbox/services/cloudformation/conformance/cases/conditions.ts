import { DescribeChangeSetCommand, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { expectInvalid, expectStack } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { ALL_CAPABILITIES, deploy, eventsOf } from '../deploy.ts';
import { changeLines } from '../notation.ts';
import { att, named, parameter, ref, stackOf } from '../templates.ts';

const equals = (name: string, value: string) => ({ 'Fn::Equals': [ref(name), value] });
const option = {
  Parameters: { OptionParameter: { Type: 'String', AllowedValues: ['option-a', 'option-b'] } },
  Conditions: { ShouldCreateTopic: equals('OptionParameter', 'option-a') },
};
const skipped = { MyTopic: { Type: 'AWS::SNS::Topic', Condition: 'ShouldCreateTopic' } };
const withOptionB = (template: object, message: string) => ({
  run: (scene: StackScene) =>
    expectInvalid(
      scene.changeSet(template, { Parameters: [{ ParameterKey: 'OptionParameter', ParameterValue: 'option-b' }] }),
      message,
    ),
});
const UNRESOLVED =
  'Template format error: Unresolved resource dependencies [MyTopic] in the Resources block of the template';

const bucketAndPolicy = {
  Parameters: {
    EnvType: { Type: 'String', AllowedValues: ['prod', 'test'] },
    BucketName: { Type: 'String', Default: '' },
  },
  Conditions: {
    IsProduction: equals('EnvType', 'prod'),
    CreateBucket: { 'Fn::Not': [equals('BucketName', '')] },
    CreateBucketPolicy: { 'Fn::And': [{ Condition: 'IsProduction' }, { Condition: 'CreateBucket' }] },
  },
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Condition: 'CreateBucket', Properties: { BucketName: ref('BucketName') } },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Condition: 'CreateBucketPolicy',
      Properties: {
        Bucket: ref('Bucket'),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'lambda.amazonaws.com' },
              Action: ['s3:GetObject'],
              Resource: [{ 'Fn::Join': ['', [att('Bucket', 'Arn'), '/*']] }],
            },
          ],
        },
      },
    },
  },
};

/** `made` are the resources that the conditions leave, with their properties and physical ids. */
const nested = (
  env: string,
  bucket: string,
  made: [id: string, type: string, physicalId: RegExp, properties: object][],
) => ({
  run: async (scene: StackScene) => {
    const parameters = { BucketName: bucket, EnvType: env };
    const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    }));
    const id = await scene.changeSet(bucketAndPolicy, { Parameters });
    const { $metadata, CreationTime, Changes, ...frame } = await scene.client.send(
      new DescribeChangeSetCommand({ ChangeSetName: id }),
    );
    expect(Changes!.map((change) => changeLines(change))).toEqual(
      made.map(([logicalId, type]) => [`Add ${logicalId} ${type}`]),
    );
    expect({ ...frame, Parameters: new Set(frame.Parameters) }).toEqual({
      Capabilities: [],
      ChangeSetId: id,
      ChangeSetName: 'change',
      ExecutionStatus: 'AVAILABLE',
      IncludeNestedStacks: false,
      NotificationARNs: [],
      Parameters: new Set(Parameters),
      RollbackConfiguration: {},
      StackId: expect.any(String),
      StackName: 'shop',
      Status: 'CREATE_COMPLETE',
    });
    await scene.execute(id);
    const { StackResources } = await scene.client.send(new DescribeStackResourcesCommand({ StackName: 'shop' }));
    expect(StackResources).toEqual(
      made.map(([logicalId, type, physicalId]) => shownResource(logicalId, type, expect.stringMatching(physicalId))),
    );
    const stack = await scene.stack();
    expectStack(
      { ...stack, Parameters: new Set(stack.Parameters) as never },
      { ChangeSetId: id, LastUpdatedTime: 'then', Parameters: new Set(Parameters), StackStatus: 'CREATE_COMPLETE' },
    );
    const lines = (await eventsOf(scene)).map(
      ({ LogicalResourceId, ResourceStatus, ResourceStatusReason, ResourceProperties, PhysicalResourceId }) => [
        LogicalResourceId,
        ResourceStatus,
        ResourceStatusReason,
        ResourceProperties && JSON.parse(ResourceProperties),
        PhysicalResourceId === '',
      ],
    );
    expect(lines).toEqual([
      ['shop', 'CREATE_COMPLETE', undefined, undefined, false],
      ...made.toReversed().flatMap(([logicalId, , , properties]) => [
        [logicalId, 'CREATE_COMPLETE', undefined, properties, false],
        [logicalId, 'CREATE_IN_PROGRESS', 'Resource creation Initiated', properties, false],
        [logicalId, 'CREATE_IN_PROGRESS', undefined, properties, true],
      ]),
      ['shop', 'CREATE_IN_PROGRESS', 'User Initiated', undefined, false],
      ['shop', 'REVIEW_IN_PROGRESS', 'User Initiated', undefined, false],
    ]);
  },
});

const shownResource = (LogicalResourceId: string, ResourceType: string, PhysicalResourceId: unknown) => ({
  DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  LogicalResourceId,
  PhysicalResourceId,
  ResourceStatus: 'CREATE_COMPLETE',
  ResourceType,
  StackId: expect.any(String),
  StackName: 'shop',
  Timestamp: expect.any(Date),
});

const BUCKET: [string, string, RegExp, object] = [
  'Bucket',
  'AWS::S3::Bucket',
  /^the-bucket$/,
  { BucketName: 'the-bucket' },
];
const POLICY: [string, string, RegExp, object] = [
  'Policy',
  'AWS::S3::BucketPolicy',
  /./,
  {
    Bucket: 'the-bucket',
    PolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Action: ['s3:GetObject'],
          Resource: ['arn:aws:s3:::the-bucket/*'],
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
        },
      ],
    },
  },
];

const toggled = (toggle: 'no' | 'yes') => ({
  run: async (scene: StackScene) => {
    const shown = parameter(ref('ParameterValue'));
    const template = stackOf(
      {
        BaseParameter: shown,
        ConditionalParameter: { ...shown, Condition: 'ShouldDeploy' },
        AnotherResource: parameter(att('ConditionalParameter', 'Value'), {}, { Condition: 'ShouldDeploy' }),
      },
      {
        Parameters: { ParameterValue: { Type: 'String' }, Toggle: { Type: 'String' } },
        Conditions: { ShouldDeploy: equals('Toggle', 'yes') },
        Outputs: {
          ConditionalParameterValue: { Condition: 'ShouldDeploy', Value: att('ConditionalParameter', 'Value') },
        },
      },
    );
    const stack = await deploy(scene, template, { parameters: { ParameterValue: 'given', Toggle: toggle } });
    const yes = toggle === 'yes';
    expectStack(stack, {
      Capabilities: ALL_CAPABILITIES,
      ChangeSetId: expect.any(String),
      LastUpdatedTime: 'then',
      ...(yes ? { Outputs: [{ OutputKey: 'ConditionalParameterValue', OutputValue: 'given' }] } : {}),
      Parameters: [
        { ParameterKey: 'ParameterValue', ParameterValue: 'given' },
        { ParameterKey: 'Toggle', ParameterValue: toggle },
      ],
      StackStatus: 'CREATE_COMPLETE',
    });
    const { StackResources } = await scene.client.send(new DescribeStackResourcesCommand({ StackName: 'shop' }));
    const made = yes ? ['AnotherResource', 'BaseParameter', 'ConditionalParameter'] : ['BaseParameter'];
    expect(StackResources).toEqual(made.map((id) => shownResource(id, 'AWS::SSM::Parameter', expect.any(String))));
  },
});

export const CONDITIONS_CASES: Cases = {
  'engine/test_conditions.py::TestCloudFormationConditions::test_nested_conditions[prod-bucket-policy]': nested(
    'prod',
    'the-bucket',
    [BUCKET, POLICY],
  ),
  'engine/test_conditions.py::TestCloudFormationConditions::test_nested_conditions[prod-nobucket-nopolicy]': nested(
    'prod',
    '',
    [],
  ),
  'engine/test_conditions.py::TestCloudFormationConditions::test_nested_conditions[test-bucket-nopolicy]': nested(
    'test',
    'the-bucket',
    [BUCKET],
  ),
  'engine/test_conditions.py::TestCloudFormationConditions::test_nested_conditions[test-nobucket-nopolicy]': nested(
    'test',
    '',
    [],
  ),
  'engine/test_conditions.py::TestCloudFormationConditions::test_dependent_ref': withOptionB(
    stackOf({ ...skipped, MySsmParam: parameter(ref('MyTopic')) }, option),
    UNRESOLVED,
  ),
  'engine/test_conditions.py::TestCloudFormationConditions::test_dependent_get_att': withOptionB(
    stackOf({ ...skipped, MySsmParam: parameter(att('MyTopic', 'TopicName')) }, option),
    UNRESOLVED,
  ),
  'engine/test_conditions.py::TestCloudFormationConditions::test_output_reference_to_skipped_resource': withOptionB(
    stackOf(skipped, { ...option, Outputs: { TopicRef: { Value: ref('MyTopic') } } }),
    'Unresolved resource dependencies [MyTopic] in the Outputs block of the template',
  ),
  'engine/test_conditions.py::TestCloudFormationConditions::test_references_to_disabled_resources[yes]': toggled('yes'),
  'engine/test_conditions.py::TestCloudFormationConditions::test_references_to_disabled_resources[no]': toggled('no'),
  'engine/test_conditions.py::TestValidateConditions::test_validate_equals_args_len': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf(
            { MyTopic: named('x', undefined, { Condition: 'Wrong' }) },
            { Conditions: { Wrong: { 'Fn::Equals': ['a'] } } },
          ),
        ),
        'Template error: every Fn::Equals object requires a list of 2 string parameters.',
      ),
  },
  'engine/test_conditions.py::TestCloudFormationConditions::test_conditional_resource_referencing_conditional': {
    run: async (scene) => {
      const sub = (text: string) => ({ 'Fn::Sub': text });
      await deploy(
        scene,
        stackOf(
          {
            MyTable: {
              Type: 'AWS::DynamoDB::Table',
              Properties: {
                TableName: sub('${AWS::StackName}-table'),
                BillingMode: 'PAY_PER_REQUEST',
                AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
                KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
              },
            },
            MyQueue: { Type: 'AWS::SQS::Queue', Condition: 'CreateQueue' },
            MyAlarm: {
              Type: 'AWS::CloudWatch::Alarm',
              Condition: 'CreateQueue',
              Properties: { Dimensions: [{ Name: 'QueueName', Value: att('MyQueue', 'QueueName') }] },
            },
          },
          {
            Parameters: { EnableQueue: { Type: 'String', Default: 'false' } },
            Conditions: { CreateQueue: equals('EnableQueue', 'true') },
          },
        ),
      );
      const { StackResources } = await scene.client.send(new DescribeStackResourcesCommand({ StackName: 'shop' }));
      expect(StackResources).toEqual([shownResource('MyTable', 'AWS::DynamoDB::Table', 'shop-table')]);
    },
  },
};
