import {
  CreateStackCommand,
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ListExportsCommand,
} from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { type StackScene, topic } from '../../stack-scene.ts';
import { expectInvalid, expectStack, refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { ALL_CAPABILITIES, deploy, eventsOf, outputsOf } from '../deploy.ts';
import { changeLines } from '../notation.ts';
import { att, named, parameter, ref, stackOf } from '../templates.ts';

const attributeOf = (CustomOutputName: string) => ({
  run: async (scene: StackScene) => {
    const stack = await deploy(
      scene,
      stackOf(
        { MyTopic: named(ref('MyParam')) },
        {
          Parameters: { MyParam: { Type: 'String' }, CustomOutputName: { Type: 'String' } },
          Outputs: {
            MyTopicRef: { Value: ref('MyTopic') },
            MyTopicName: { Value: att('MyTopic', 'TopicName') },
            MyTopicArn: { Value: att('MyTopic', 'TopicArn') },
            MyTopicCustom: { Value: { 'Fn::GetAtt': ['MyTopic', ref('CustomOutputName')] } },
          },
        },
      ),
      { parameters: { MyParam: 'topic', CustomOutputName } },
    );
    const arn = 'arn:aws:sns:us-east-1:000000000000:topic';
    expect(outputsOf(stack)).toEqual({
      MyTopicArn: arn,
      MyTopicCustom: CustomOutputName === 'TopicArn' ? arn : 'topic',
      MyTopicName: 'topic',
      MyTopicRef: arn,
    });
  },
});

const importing = stackOf({ MyFoo: parameter({ 'Fn::ImportValue': 'the-export' }) });
const exporting = stackOf(
  { Other: topic() },
  { Outputs: { Out: { Value: 'exported', Export: { Name: 'the-export' } } } },
);

const imports = (exported: 'always' | 'late' | 'never') => ({
  run: async (scene: StackScene) => {
    const make = () => scene.create(exporting, { StackName: 'producer' });
    if (exported === 'always') await make();
    const id = await scene.changeSet(importing);
    for (const IncludePropertyValues of [false, true]) {
      const { $metadata, Changes, CreationTime, ...frame } = await scene.client.send(
        new DescribeChangeSetCommand({ ChangeSetName: id, IncludePropertyValues }),
      );
      const value = exported === 'always' ? 'exported' : '{{changeSet:KNOWN_AFTER_APPLY}}';
      const after = IncludePropertyValues ? [`after {"Type":"String","Value":"${value}"}`] : [];
      expect(Changes!.map((change) => changeLines(change))).toEqual([['Add MyFoo AWS::SSM::Parameter', ...after]]);
      const warning =
        '[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [MyFoo] because: No export named the-export';
      expect(frame).toEqual({
        Capabilities: [],
        ChangeSetId: id,
        ChangeSetName: 'change',
        ExecutionStatus: 'AVAILABLE',
        IncludeNestedStacks: false,
        NotificationARNs: [],
        RollbackConfiguration: {},
        StackId: expect.any(String),
        StackName: 'shop',
        Status: 'CREATE_COMPLETE',
        ...(IncludePropertyValues && exported !== 'always' ? { StatusReason: warning } : {}),
      });
    }
    if (exported === 'late') await make();
    await scene.execute(id);
    const failed = exported === 'never';
    expectStack(await scene.stack(), {
      ...(failed ? { DeletionTime: 'then' } : { ChangeSetId: id }),
      LastUpdatedTime: 'then',
      StackStatus: failed ? 'ROLLBACK_COMPLETE' : 'CREATE_COMPLETE',
    });
  },
});

async function upload(scene: StackScene, templates: Record<string, object>): Promise<(name: string) => string> {
  const s3 = scene.sandbox.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'templates-of-nested-stacks' }));
  for (const [Key, body] of Object.entries(templates))
    await s3.send(new PutObjectCommand({ Bucket: 'templates-of-nested-stacks', Key, Body: JSON.stringify(body) }));
  return (name) => `https://templates-of-nested-stacks.s3.us-east-1.amazonaws.com/${name}`;
}
const child = (TemplateURL: string, Parameters: object = {}, more: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL, Parameters },
  ...more,
});
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const withSsm = async (scene: StackScene, Value: string, Type: 'String' | 'StringList' = 'String') => {
  await scene.sandbox.client(SSMClient).send(new PutParameterCommand({ Name: 'given', Value, Type }));
};

const NO_ANSWER = 'the recording holds no answer';

export const STACK_CASES: Cases = {
  'api/test_reference_resolving.py::test_nested_getatt_ref[TopicArn]': attributeOf('TopicArn'),
  'api/test_reference_resolving.py::test_nested_getatt_ref[TopicName]': attributeOf('TopicName'),
  'api/test_reference_resolving.py::test_redeploy_cdk_with_reference': { notSimulated: NO_ANSWER },
  'api/test_reference_resolving.py::test_sub_resolving': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          { MyTopic: named(ref('MyParam')) },
          {
            Parameters: { MyParam: { Type: 'String' } },
            Outputs: {
              MyTopicRef: { Value: ref('MyTopic') },
              MyTopicName: { Value: att('MyTopic', 'TopicName') },
              MyTopicArn: { Value: att('MyTopic', 'TopicArn') },
              MyTopicSub: { Value: { 'Fn::Sub': '${MyParam}|${MyTopic}|${MyTopic.TopicName}|${MyTopic.TopicArn}' } },
              MyTopicSubWithMap: {
                Value: {
                  'Fn::Sub': [
                    '${One}|${Two}|${Three}',
                    { One: att('MyTopic', 'TopicName'), Two: ref('MyTopic'), Three: 'something' },
                  ],
                },
              },
            },
          },
        ),
        { parameters: { MyParam: 'topic' } },
      );
      const arn = 'arn:aws:sns:us-east-1:000000000000:topic';
      expect(outputsOf(stack)).toEqual({
        MyTopicArn: arn,
        MyTopicName: 'topic',
        MyTopicRef: arn,
        MyTopicSub: `topic|${arn}|topic|${arn}`,
        MyTopicSubWithMap: `topic|${arn}|something`,
      });
    },
  },
  'api/test_drift_detection.py::test_drift_detection_on_lambda': {
    notSimulated:
      'changes a function behind the stack; the sandbox does not simulate Lambda (drift itself: drift.test.ts)',
  },
  'api/test_nested_stacks.py::test_nested_output_in_params': {
    run: async (scene) => {
      const given = (...names: string[]) => ({
        Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])),
      });
      const url = await upload(scene, {
        sub1: stackOf(
          { MyTopic: named(ref('TopicName')) },
          { ...given('TopicName'), Outputs: { OutputA: { Value: ref('MyTopic') } } },
        ),
        sub2: stackOf(
          {
            MyPolicy: {
              Type: 'AWS::IAM::Role',
              Properties: {
                RoleName: ref('RoleName'),
                AssumeRolePolicyDocument: trust,
                Policies: [
                  {
                    PolicyName: 'PolicyA',
                    PolicyDocument: {
                      Version: '2012-10-17',
                      Statement: [{ Effect: 'Allow', Action: ['sns:Publish'], Resource: [ref('TopicArn')] }],
                    },
                  },
                ],
              },
            },
          },
          given('TopicArn', 'RoleName'),
        ),
      });
      await deploy(
        scene,
        stackOf({
          Sub1: child(url('sub1'), { TopicName: 'topic' }),
          Sub2: child(
            url('sub2'),
            { TopicArn: att('Sub1', 'Outputs.OutputA'), RoleName: 'the-role' },
            { DependsOn: ['Sub1'] },
          ),
        }),
      );
      const iam = scene.sandbox.client(IAMClient);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'the-role' }));
      expect({
        ...Role,
        AssumeRolePolicyDocument: JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)),
      }).toEqual({
        Arn: 'arn:aws:iam::000000000000:role/the-role',
        AssumeRolePolicyDocument: trust,
        CreateDate: expect.any(Date),
        Description: '',
        MaxSessionDuration: 3600,
        Path: '/',
        RoleId: expect.any(String),
        RoleLastUsed: {},
        RoleName: 'the-role',
      });
      expect(await iam.send(new ListRolePoliciesCommand({ RoleName: 'the-role' }))).toMatchObject({
        IsTruncated: false,
        PolicyNames: ['PolicyA'],
      });
      const { PolicyDocument, PolicyName, RoleName } = await iam.send(
        new GetRolePolicyCommand({ RoleName: 'the-role', PolicyName: 'PolicyA' }),
      );
      expect([JSON.parse(decodeURIComponent(PolicyDocument!)), PolicyName, RoleName]).toEqual([
        {
          Version: '2012-10-17',
          Statement: [
            { Action: ['sns:Publish'], Effect: 'Allow', Resource: ['arn:aws:sns:us-east-1:000000000000:topic'] },
          ],
        },
        'PolicyA',
        'the-role',
      ]);
    },
  },
  'api/test_nested_stacks.py::test_deletion_of_failed_nested_stack': {
    run: async (scene) => {
      const url = await upload(scene, {
        bad: stackOf({ Bad: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'x' } } }),
      });
      const { StackName, StackId } = await deploy(scene, stackOf({ ChildStack: child(url('bad')) }));
      const { StackResourceDetail } = await scene.client
        .send(new DescribeStackResourceCommand({ StackName: StackId, LogicalResourceId: 'ChildStack' }))
        .catch(() => ({ StackResourceDetail: undefined }));
      expect(StackResourceDetail).toBeUndefined();
      const nested = (await eventsOf(scene, StackId))
        .find(({ LogicalResourceId }) => LogicalResourceId === 'ChildStack')!
        .PhysicalResourceId!.split('/')[1]!;
      expect(StackName).toBe('shop');
      await scene.remove();
      await expectInvalid(
        scene.client.send(new DescribeStacksCommand({ StackName: nested })),
        `Stack with id ${nested} does not exist`,
      );
    },
  },
  'test_change_set_exports_imports.py::TestChangeSetImportExport::test_describe_change_set_import': imports('always'),
  'test_change_set_exports_imports.py::TestChangeSetImportExport::test_describe_change_set_import_non_existent_export':
    imports('never'),
  'test_change_set_exports_imports.py::TestChangeSetImportExport::test_describe_change_set_import_non_existent_export_then_create':
    imports('late'),
  'test_template_engine.py::TestImportValues::test_cfn_with_exports': {
    run: async (scene) => {
      const outputs = [0, 1, 2].map((index) => [
        `Out${index}`,
        { Value: 'test', Export: { Name: { 'Fn::Sub': `\${AWS::StackName}-TestExport-${index}` } } },
      ]);
      const { StackId } = await deploy(scene, stackOf({ Other: topic() }, { Outputs: Object.fromEntries(outputs) }));
      const { Exports } = await scene.client.send(new ListExportsCommand({}));
      expect(Exports).toEqual(
        [0, 1, 2].map((index) => ({ ExportingStackId: StackId, Name: `shop-TestExport-${index}`, Value: 'test' })),
      );
    },
  },
  'test_template_engine.py::TestTypes::test_implicit_type_conversion': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          { Queue: { Type: 'AWS::SQS::Queue', Properties: { DelaySeconds: '2', FifoQueue: 'true' } } },
          { Outputs: { Url: { Value: ref('Queue') } } },
        ),
      );
      const { Attributes } = await scene.sandbox
        .client(SQSClient)
        .send(new GetQueueAttributesCommand({ QueueUrl: outputsOf(stack).Url!, AttributeNames: ['All'] }));
      expect(Attributes).toEqual({
        ApproximateNumberOfMessages: '0',
        ApproximateNumberOfMessagesDelayed: '0',
        ApproximateNumberOfMessagesNotVisible: '0',
        ContentBasedDeduplication: 'false',
        CreatedTimestamp: expect.any(String),
        DeduplicationScope: 'queue',
        DelaySeconds: '2',
        FifoQueue: 'true',
        FifoThroughputLimit: 'perQueue',
        LastModifiedTimestamp: expect.any(String),
        MaximumMessageSize: '1048576',
        MessageRetentionPeriod: '345600',
        QueueArn: expect.stringMatching(/^arn:aws:sqs:us-east-1:000000000000:shop-Queue-.*\.fifo$/),
        ReceiveMessageWaitTimeSeconds: '0',
        SqsManagedSseEnabled: 'true',
        VisibilityTimeout: '30',
      });
    },
  },
  'test_template_engine.py::TestIntrinsicFunctions::test_join_no_value_construct': {
    run: async (scene) => {
      const nothing = ref('AWS::NoValue');
      const join = (...items: unknown[]) => ({ Value: { 'Fn::Join': [',', items] } });
      const stack = await deploy(
        scene,
        stackOf(
          { Parameter: parameter('Sample', { Name: 'commands' }) },
          {
            Conditions: { active: { 'Fn::Equals': [true, true] } },
            Outputs: {
              JoinWithNoValue: join(att('Parameter', 'Value'), nothing),
              JoinOnlyNoValue: join(nothing),
              JoinConditionalNoValue: join({ 'Fn::If': ['active', nothing, nothing] }),
            },
          },
        ),
      );
      expect(outputsOf(stack)).toEqual({ JoinConditionalNoValue: '', JoinOnlyNoValue: '', JoinWithNoValue: 'Sample' });
    },
  },
  'test_template_engine.py::TestIntrinsicFunctions::test_fn_select_has_intrinsic_function': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          { Parameter: parameter({ 'Fn::If': ['IsEmpty', 'true', 'false'] }, { Name: 'commands' }) },
          {
            Mappings: { RegionMap: { 'us-east-1': { AZs: ['empty'] } } },
            Conditions: {
              IsEmpty: {
                'Fn::Equals': ['empty', { 'Fn::Select': [0, { 'Fn::FindInMap': ['RegionMap', 'us-east-1', 'AZs'] }] }],
              },
            },
            Outputs: { ParameterValue: { Value: att('Parameter', 'Value') } },
          },
        ),
      );
      expect(outputsOf(stack)).toEqual({ ParameterValue: 'true' });
    },
  },
  'test_template_engine.py::TestPseudoParameters::test_stack_id': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          { MyParameter: parameter(ref('AWS::StackId')) },
          { Outputs: { StackId: { Value: att('MyParameter', 'Value') } } },
        ),
      );
      expect(outputsOf(stack)).toEqual({ StackId: stack.StackId });
    },
  },
  'test_template_engine.py::TestSsmParameters::test_create_stack_with_ssm_parameters': {
    notSimulated: 'half of the answer is one of SNS, which the sandbox does not simulate',
  },
  'test_template_engine.py::TestSsmParameters::test_resolve_ssm': {
    run: async (scene) => {
      await withSsm(scene, 'value');
      const stack = await deploy(
        scene,
        stackOf(
          {
            Topic: named({ 'Fn::Join': ['', ['{{resolve:ssm:', ref('Name'), '}}']] }),
            MyParameter: parameter({ 'Fn::Sub': 'abc:{{resolve:ssm:${Name}}}' }),
          },
          {
            Parameters: { Name: { Type: 'String' } },
            Outputs: {
              TopicName: { Value: att('Topic', 'TopicName') },
              ParameterValue: { Value: att('MyParameter', 'Value') },
            },
          },
        ),
        { parameters: { Name: 'given' } },
      );
      expect(outputsOf(stack)).toEqual({ ParameterValue: 'abc:value', TopicName: 'value' });
    },
  },
  'test_template_engine.py::TestSsmParameters::test_resolve_ssm_missing_parameter': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf(
            { MyParameter: parameter(ref('InputValue')) },
            { Parameters: { InputValue: { Type: 'AWS::SSM::Parameter::Value<String>' } } },
          ),
          { Parameters: [{ ParameterKey: 'InputValue', ParameterValue: 'parameter-does-not-exist' }] },
        ),
        'Parameter InputValue should either have input value or default value',
      ),
  },
  'test_template_engine.py::TestSsmParameters::test_create_change_set_with_ssm_parameter_list': {
    run: async (scene) => {
      const arns = ['some', 'some/other'].map((path) => `arn:aws:ssm:us-east-1:000000000000:parameter/${path}/params`);
      await withSsm(scene, arns.join(','), 'StringList');
      const statement = { Effect: 'Allow', Action: '*', Resource: ref('parameter123') };
      await deploy(
        scene,
        stackOf(
          {
            role123: {
              Type: 'AWS::IAM::Role',
              Properties: {
                RoleName: 'the-role',
                AssumeRolePolicyDocument: trust,
                Policies: [
                  { PolicyName: 'policy-123', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
                ],
              },
            },
          },
          { Parameters: { parameter123: { Type: 'AWS::SSM::Parameter::Value<CommaDelimitedList>' } } },
        ),
        { parameters: { parameter123: 'given' } },
      );
      const { PolicyDocument, PolicyName, RoleName } = await scene.sandbox
        .client(IAMClient)
        .send(new GetRolePolicyCommand({ RoleName: 'the-role', PolicyName: 'policy-123' }));
      expect([JSON.parse(decodeURIComponent(PolicyDocument!)), PolicyName, RoleName]).toEqual([
        { Version: '2012-10-17', Statement: [{ Action: '*', Effect: 'Allow', Resource: arns }] },
        'policy-123',
        'the-role',
      ]);
    },
  },
  'test_template_engine.py::TestStackEvents::test_invalid_stack_deploy': {
    run: async (scene) => {
      await deploy(scene, stackOf({ MyParameter: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'abc123' } } }));
      const [failed] = (await eventsOf(scene)).filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
      expect(failed).toEqual({
        EventId: expect.stringMatching(/^MyParameter-CREATE_FAILED-\d{4}-/),
        LogicalResourceId: 'MyParameter',
        PhysicalResourceId: '',
        ResourceProperties: '{"Value":"abc123"}',
        ResourceStatus: 'CREATE_FAILED',
        ResourceStatusReason: 'Property validation failure: [The property {/Type} is required]',
        ResourceType: 'AWS::SSM::Parameter',
        StackId: expect.any(String),
        StackName: 'shop',
        Timestamp: expect.any(Date),
      });
    },
  },
  'test_template_engine.py::TestMacros::test_to_validate_template_limit_for_macro': {
    run: async (scene) => {
      const text = `${JSON.stringify(stackOf({ Other: topic() }))}${' '.repeat(60_000)}`;
      const { code, message, status } = await refusal(
        scene.client.send(new CreateStackCommand({ StackName: 'shop', TemplateBody: text })),
      );
      expect({ code, status }).toEqual({ code: 'ValidationError', status: 400 });
      expect(message).toBe(
        `1 validation error detected: Value '${text}' at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to 51200`,
      );
    },
  },
  'test_template_engine.py::TestMacros::test_error_pass_macro_as_reference': {
    run: (scene) =>
      expectInvalid(
        scene.create(
          stackOf(
            { Parameter: parameter('x') },
            { Transform: [{ Name: ref('MacroName') }], Parameters: { MacroName: { Type: 'String', Default: 'x' } } },
          ),
          {
            Capabilities: [...ALL_CAPABILITIES],
          },
        ),
        'Key Name of transform definition must be a string.',
      ),
  },
  'test_template_engine.py::TestMacros::test_error_macro_param_as_reference': { notSimulated: NO_ANSWER },
  'test_template_engine.py::TestMacros::test_macro_deployment': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          {
            Macro: {
              Type: 'AWS::CloudFormation::Macro',
              Properties: {
                Name: 'SubstitutionMacro',
                FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:f',
              },
            },
          },
          { Outputs: { MacroRef: { Value: ref('Macro') } } },
        ),
      );
      expect(outputsOf(stack)).toEqual({ MacroRef: 'SubstitutionMacro' });
      const { StackResourceDetail } = await scene.client.send(
        new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'Macro' }),
      );
      expect(StackResourceDetail).toMatchObject({
        DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        PhysicalResourceId: 'SubstitutionMacro',
        ResourceStatus: 'CREATE_COMPLETE',
        ResourceType: 'AWS::CloudFormation::Macro',
      });
    },
  },
};
