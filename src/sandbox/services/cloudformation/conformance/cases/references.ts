import { ListQueueTagsCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { expectInvalid } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy, outputsOf } from '../deploy.ts';
import { att, named, parameter, ref, stackOf } from '../templates.ts';

const ssmOf = (scene: StackScene) => scene.sandbox.client(SSMClient);

export const REFERENCES_CASES: Cases = {
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
};
