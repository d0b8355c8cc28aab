import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { stackScene } from './stack-scene.ts';

const value = (Name: string) => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value: 'asked for' },
});

it('F-19 tells what was changed and what was deleted behind the back of a stack', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { Same: value('same'), Changed: value('changed'), Gone: value('gone') } });
  const ssm = scene.sandbox.client(SSMClient);
  await ssm.send(new PutParameterCommand({ Name: 'changed', Value: 'another', Overwrite: true }));
  await ssm.send(new DeleteParameterCommand({ Name: 'gone' }));

  const { StackDriftDetectionId } = await scene.client.send(new DetectStackDriftCommand({ StackName: 'shop' }));
  const status = await scene.client.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
  expect(status).toMatchObject({
    DetectionStatus: 'DETECTION_COMPLETE',
    StackDriftStatus: 'DRIFTED',
    DriftedStackResourceCount: 2,
  });
  const { StackResourceDrifts } = await scene.client.send(
    new DescribeStackResourceDriftsCommand({
      StackName: 'shop',
      StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
    }),
  );
  expect(StackResourceDrifts).toMatchObject([
    {
      LogicalResourceId: 'Changed',
      StackResourceDriftStatus: 'MODIFIED',
      PropertyDifferences: [
        { PropertyPath: '/Value', ExpectedValue: 'asked for', ActualValue: 'another', DifferenceType: 'NOT_EQUAL' },
      ],
    },
    { LogicalResourceId: 'Gone', StackResourceDriftStatus: 'DELETED' },
  ]);
  expect((await scene.stack()).DriftInformation!.StackDriftStatus).toBe('DRIFTED');
});
