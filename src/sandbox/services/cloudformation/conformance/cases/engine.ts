import {
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { GetQueueAttributesCommand, ListQueueTagsCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { expectInvalid, expectStack, refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { ALL_CAPABILITIES, deploy, eventsOf, outputsOf, statusLine } from '../deploy.ts';
import { changeLines, condensed, plain } from '../notation.ts';
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

const suffixed = (mapping: object, ...place: unknown[]) =>
  stackOf(
    {
      MyTopic: named({
        'Fn::Join': ['-', ['topic', { 'Fn::FindInMap': ['TopicSuffixMap', ref('Selector'), ...place] }]],
      }),
    },
    { Parameters: { Selector: { Type: 'String' } }, Mappings: { TopicSuffixMap: mapping } },
  );
const mapped = (template: object, selector: string, message: string) => ({
  run: (scene: StackScene) =>
    expectInvalid(
      scene.changeSet(template, { Parameters: [{ ParameterKey: 'Selector', ParameterValue: selector }] }),
      message,
    ),
});
const TWO = { A: { Suffix: 'suffix-a' }, B: { Suffix: 'suffix-b' } };
const NO_KEY = 'Template error: Unable to get mapping for TopicSuffixMap::C::Suffix';
const LEAF = 'Template format error: Every Mappings attribute must be a String or a List.';
const GET_ATT =
  'Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute';
const splitOf = (expression: unknown) => ({ 'Fn::Select': [0, { 'Fn::Split': ['-', expression] }] });

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

export const ENGINE_CASES: Cases = {
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
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_with_nonexisting_key': mapped(
    suffixed(TWO, 'Suffix'),
    'C',
    NO_KEY,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_async_mapping_error_first_level_v2': mapped(
    suffixed(TWO, 'Suffix'),
    'C',
    NO_KEY,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_async_mapping_error_second_level_v2': mapped(
    suffixed(TWO, 'NotValid'),
    'A',
    'Template error: Unable to get mapping for TopicSuffixMap::A::NotValid',
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_with_invalid_refs': mapped(
    suffixed({ A: { Suffix: ref('Selector') }, B: { Suffix: 'suffix-b' } }, 'Suffix'),
    'A',
    LEAF,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_maximum_nesting_depth': mapped(
    suffixed({ A: { Suffix: { SuffixValue: 'a' } } }, 'Suffix', 'SuffixValue'),
    'A',
    LEAF,
  ),
  'engine/test_mappings.py::TestCloudFormationMappings::test_mapping_minimum_nesting_depth': mapped(
    suffixed({ A: 'suffix-a', B: 'suffix-b' }),
    'A',
    'Template format error: Every Mappings member A must be a map',
  ),
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_invalid_structure[getatt_validation.yml]': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf(
            { MyParameter: parameter(splitOf({ 'Fn::GetAtt': [ref('Given')] })) },
            { Parameters: { Given: { Type: 'String', Default: 'x' } } },
          ),
        ),
        GET_ATT,
      ),
  },
  'test_change_set_fn_get_attr.py::TestChangeSetFnGetAttr::test_invalid_structure[getatt_validation2.yml]': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf({ MyParameter1: parameter('foo'), MyParameter2: parameter({ 'Fn::GetAtt': ['MyParameter1'] }) }),
        ),
        GET_ATT,
      ),
  },
  'engine/test_references.py::TestDependsOn::test_depends_on_with_missing_reference': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(stackOf({ MyTopic: named('x', undefined, { DependsOn: 'NonExistingResource' }) })),
        'Template format error: Unresolved resource dependencies [NonExistingResource] in the Resources block of the template',
      ),
  },
  'engine/test_references.py::test_useful_error_when_invalid_ref': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(stackOf({ Topic: { Type: 'AWS::SNS::Topic', Properties: { Name: ref('InvalidRef') } } })),
        'Template format error: Unresolved resource dependencies [InvalidRef] in the Resources block of the template',
      ),
  },
  'engine/test_references.py::TestFnSub::test_fn_sub_cases': {
    run: async (scene) => {
      const own = { somekey: 'somevalue' };
      const subs: Record<string, unknown> = {
        ListRefGetAtt: ['${MyResource.Value}', own],
        ListRefGetAttMapping: ['${ParamValue}', { ParamValue: att('MyResource', 'Value') }],
        ListRefMultipleMix: ['${MyResourceRef}-${AWS::Region}-${Param1}', { MyResourceRef: ref('MyResource') }],
        ListRefParam: ['${Param1}', own],
        ListRefPseudoParam: ['${AWS::Region}', own],
        ListRefResourceDirect: ['${MyResource}', own],
        ListRefResourceMappingRef: ['${MyResourceRef}', { MyResourceRef: ref('MyResource') }],
        ListStatic: ['this is a static string', own],
        StringRefGetAtt: '${MyResource.Value}',
        StringRefMultiple: '${Param1} - ${MyResource}',
        StringRefParam: '${Param1}',
        StringRefPseudoParam: '${AWS::Region}',
        StringRefResource: '${MyResource}',
        StringStatic: 'this is a static string',
        UrlSuffixPseudoParam: '${AWS::URLSuffix}',
      };
      const stack = await deploy(
        scene,
        stackOf(
          { MyResource: parameter('unimportant', { Name: ref('Param1') }) },
          {
            Parameters: { Param1: { Type: 'String', Default: 'Param1Value' } },
            Outputs: Object.fromEntries(Object.entries(subs).map(([key, sub]) => [key, { Value: { 'Fn::Sub': sub } }])),
          },
        ),
      );
      expect(outputsOf(stack)).toEqual({
        ListRefGetAtt: 'unimportant',
        ListRefGetAttMapping: 'unimportant',
        ListRefMultipleMix: 'Param1Value-us-east-1-Param1Value',
        ListRefParam: 'Param1Value',
        ListRefPseudoParam: 'us-east-1',
        ListRefResourceDirect: 'Param1Value',
        ListRefResourceMappingRef: 'Param1Value',
        ListStatic: 'this is a static string',
        StringRefGetAtt: 'unimportant',
        StringRefMultiple: 'Param1Value - Param1Value',
        StringRefParam: 'Param1Value',
        StringRefPseudoParam: 'us-east-1',
        StringRefResource: 'Param1Value',
        StringStatic: 'this is a static string',
        UrlSuffixPseudoParam: 'amazonaws.com',
      });
    },
  },
  'engine/test_references.py::TestFnSub::test_non_string_parameter_in_sub': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf(
          {
            Parameter: parameter(
              { 'Fn::Sub': ['my number is ${numberRef}', { numberRef: ref('MyNumber') }] },
              { Name: 'name' },
            ),
          },
          { Parameters: { MyNumber: { Type: 'Number', Default: 3 } } },
        ),
      );
      expect((await ssmOf(scene).send(new GetParameterCommand({ Name: 'name' }))).Parameter).toEqual({
        ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/name',
        DataType: 'text',
        LastModifiedDate: expect.any(Date),
        Name: 'name',
        Type: 'String',
        Value: 'my number is 3',
        Version: 1,
      });
    },
  },
  'engine/test_references.py::TestPseudoParameters::test_stack_id': {
    run: async (scene) => {
      const part = (index: number, delimiter: string, source: unknown) => ({
        'Fn::Select': [index, { 'Fn::Split': [delimiter, source] }],
      });
      const stack = await deploy(
        scene,
        stackOf(
          {
            MyParameter: parameter({
              'Fn::Join': ['-', [ref('AWS::StackName'), 's3logs', part(4, '-', part(2, '/', ref('AWS::StackId')))]],
            }),
          },
          { Outputs: { ParameterValue: { Value: att('MyParameter', 'Value') } } },
        ),
      );
      expect(stack.StackId).toMatch(/^arn:aws:cloudformation:us-east-1:000000000000:stack\/shop\/[0-9a-f-]{36}$/);
      expect(outputsOf(stack).ParameterValue).toBe(`shop-s3logs-${stack.StackId!.split('-').at(-1)}`);
    },
  },
  'engine/test_references.py::test_resolve_transitive_placeholders_in_strings': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          {
            Version: parameter('1', { Name: { 'Fn::Sub': '/cdk-bootstrap/${Qualifier}/version' } }),
            Queue: {
              Type: 'AWS::SQS::Queue',
              Properties: {
                QueueName: 'queue',
                Tags: [
                  {
                    Key: 'test',
                    Value: {
                      'Fn::Sub': 'arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${Version}',
                    },
                  },
                ],
              },
            },
          },
          { Parameters: { Qualifier: { Type: 'String' } }, Outputs: { QueueURL: { Value: ref('Queue') } } },
        ),
        { parameters: { Qualifier: 'v1' } },
      );
      const { Tags } = await scene.sandbox
        .client(SQSClient)
        .send(new ListQueueTagsCommand({ QueueUrl: outputsOf(stack).QueueURL! }));
      expect(Object.fromEntries(Object.entries(Tags!).filter(([key]) => !key.startsWith('aws:')))).toEqual({
        test: 'arn:aws:ssm:us-east-1:000000000000:parameter/cdk-bootstrap/v1/version',
      });
    },
  },
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
  'api/test_resources.py::test_describe_non_existent_stack': {
    run: ({ client }) =>
      expectInvalid(
        client.send(
          new DescribeStackResourceCommand({
            StackName: 'not-a-valid-stack',
            LogicalResourceId: 'not-a-valid-resource',
          }),
        ),
        "Stack 'not-a-valid-stack' does not exist",
      ),
  },
  'api/test_resources.py::test_describe_non_existent_resource': {
    run: async (scene) => {
      const { StackId } = await deploy(scene, stackOf({ P: parameter('x') }));
      await expectInvalid(
        scene.client.send(
          new DescribeStackResourceCommand({ StackName: StackId, LogicalResourceId: 'not-a-valid-resource' }),
        ),
        `Resource not-a-valid-resource does not exist for stack ${StackId}`,
      );
    },
  },
  'api/test_resources.py::test_invalid_logical_resource_id': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(stackOf({ 'my-bad-resource-id': parameter('Foo') })),
        'Template format error: Resource name my-bad-resource-id is non alphanumeric.',
      ),
  },
  'api/test_resources.py::test_describe_deleted_resource_on_update': {
    run: async (scene) => {
      await deploy(scene, stackOf({ Parameter: parameter('Test') }));
      await deploy(scene, stackOf({ Parameter2: parameter('Test') }), { update: true });
      const describe = (LogicalResourceId: string) =>
        scene.client.send(new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId }));
      await expectInvalid(describe('Parameter'), 'Resource Parameter does not exist for stack shop');
      const { StackResourceDetail } = await describe('Parameter2');
      expect({
        ...StackResourceDetail,
        PhysicalResourceId: plain(StackResourceDetail!.PhysicalResourceId!, { stackId: '<none>', stackName: 'shop' }),
      }).toEqual({
        DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        LastUpdatedTimestamp: expect.any(Date),
        LogicalResourceId: 'Parameter2',
        Metadata: '{}',
        PhysicalResourceId: 'CFN-Parameter2-<random>',
        ResourceStatus: 'CREATE_COMPLETE',
        ResourceType: 'AWS::SSM::Parameter',
        StackId: expect.any(String),
        StackName: 'shop',
      });
    },
  },
  'api/test_resources.py::test_describe_failed_resource': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf({ Parameter: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'Invalid', Value: 'Test' } } }),
      );
      await expectInvalid(
        scene.client.send(new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'Parameter' })),
        'Resource Parameter does not exist for stack shop',
      );
    },
  },
};
