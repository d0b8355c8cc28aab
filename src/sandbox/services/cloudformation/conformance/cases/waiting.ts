import { DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import type { Cases } from '../conformance-case.ts';
import { deploy, outputsOf } from '../deploy.ts';
import { ref, stackOf } from '../templates.ts';

const one = (Type: string, Properties?: object, more: object = {}) => ({
  Type,
  ...(Properties ? { Properties } : {}),
  ...more,
});
const outputs = (values: Record<string, unknown>) => ({
  Outputs: Object.fromEntries(Object.entries(values).map(([key, Value]) => [key, { Value }])),
});

export const WAITING_CASES: Cases = {
  'resources/test_cloudformation.py::test_create_macro': {
    run: async (scene) => {
      const macro = one('AWS::CloudFormation::Macro', {
        Name: 'the-macro',
        FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:f',
      });
      expect(outputsOf(await deploy(scene, stackOf({ Macro: macro }, outputs({ MacroRef: ref('Macro') }))))).toEqual({
        MacroRef: 'the-macro',
      });
    },
  },
  'resources/test_cloudformation.py::test_waitconditionhandle': {
    different: 'the address leads to this sandbox and is not a presigned one of S3',
  },
  'resources/test_cloudformation.py::test_waitcondition': {
    run: async (scene) => {
      const template = stackOf(
        {
          WaitHandle: one('AWS::CloudFormation::WaitConditionHandle'),
          WaitCondition: one('AWS::CloudFormation::WaitCondition', { Handle: ref('WaitHandle'), Timeout: 300 }),
        },
        outputs({ WaitHandleId: ref('WaitHandle'), WaitConditionRef: ref('WaitCondition') }),
      );
      const id = await scene.changeSet(template);
      scene.sandbox.world.pause();
      const { ExecuteChangeSetCommand } = await import('@aws-sdk/client-cloudformation');
      await scene.client.send(new ExecuteChangeSetCommand({ ChangeSetName: id }));
      await scene.sandbox.advance(10_000);
      const { StackResourceDetail } = await scene.client.send(
        new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'WaitHandle' }),
      );
      await fetch(StackResourceDetail!.PhysicalResourceId!, {
        method: 'PUT',
        body: '{"Status":"SUCCESS","UniqueId":"1","Reason":"","Data":"d"}',
      });
      await scene.rest();
      const stack = await scene.stack();
      expect(outputsOf(stack).WaitConditionRef).toBe(`${stack.StackId}/WaitHandle`);
    },
  },
};
