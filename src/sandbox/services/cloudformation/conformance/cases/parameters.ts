import { CreateStackCommand, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import { type StackScene, topic } from '../../stack-scene.ts';
import { expectInvalid, refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { ALL_CAPABILITIES, deploy, eventsOf, outputsOf } from '../deploy.ts';
import { att, named, parameter, ref, stackOf } from '../templates.ts';

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

const withSsm = async (scene: StackScene, Value: string, Type: 'String' | 'StringList' = 'String') => {
  await scene.sandbox.client(SSMClient).send(new PutParameterCommand({ Name: 'given', Value, Type }));
};

const NO_ANSWER = 'the recording holds no answer';

export const PARAMETERS_CASES: Cases = {
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
