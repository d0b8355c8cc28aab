import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStackResourcesCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { ModifyTargetGroupAttributesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { balancerScene } from './balancer-scene.ts';

it('compares the attributes of a target group that its template names, and no others', async () => {
  const scene = await balancerScene();
  const client = scene.sandbox.client(CloudFormationClient);
  const TemplateBody = JSON.stringify({
    Resources: {
      Group: {
        Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
        Properties: {
          Port: 8000,
          Protocol: 'HTTP',
          TargetType: 'ip',
          VpcId: scene.VpcId,
          TargetGroupAttributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
        },
      },
    },
  });
  await client.send(new CreateStackCommand({ StackName: 'web', TemplateBody }));
  await scene.sandbox.settle();
  const drift = async () => {
    await client.send(new DetectStackDriftCommand({ StackName: 'web' }));
    await scene.sandbox.settle();
    const { StackResourceDrifts } = await client.send(new DescribeStackResourceDriftsCommand({ StackName: 'web' }));
    return StackResourceDrifts![0]!.StackResourceDriftStatus;
  };
  expect(await drift()).toBe('IN_SYNC');

  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: 'web' }));
  const TargetGroupArn = StackResources![0]!.PhysicalResourceId!;
  const change = (Key: string, Value: string) =>
    scene.elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] }));
  await change('slow_start.duration_seconds', '60');
  expect(await drift()).toBe('IN_SYNC');
  await change('deregistration_delay.timeout_seconds', '90');
  expect(await drift()).toBe('MODIFIED');
});
