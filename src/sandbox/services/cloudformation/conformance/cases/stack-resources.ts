import { DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import { expectInvalid } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy } from '../deploy.ts';
import { plain } from '../notation.ts';
import { parameter, stackOf } from '../templates.ts';

export const STACK_RESOURCES_CASES: Cases = {
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
