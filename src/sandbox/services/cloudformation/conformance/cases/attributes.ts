import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy, outputsOf } from '../deploy.ts';
import { att, named, ref, stackOf } from '../templates.ts';

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

const NO_ANSWER = 'the recording holds no answer';

export const ATTRIBUTES_CASES: Cases = {
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
};
