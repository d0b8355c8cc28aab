import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  ElasticLoadBalancingV2Client,
  ModifyTargetGroupAttributesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { securityGroups, vpcs } from '../ec2/state.ts';
import { ecsScene } from './ecs-scene.ts';

/** The ECS scene with a load balancer whose listener forwards to the target group `web` on port 8000. */
export async function targetGroupScene(
  changes: Partial<CreateTargetGroupCommandInput> = {},
  options: Parameters<typeof ecsScene>[0] = {},
) {
  const scene = await ecsScene(options);
  const elb = scene.client(ElasticLoadBalancingV2Client);
  const [vpc] = vpcs.in(scene.scope).values();
  const [group] = securityGroups.in(scene.scope).values();
  const { TargetGroups } = await elb.send(
    new CreateTargetGroupCommand({
      Name: 'web',
      Port: 8000,
      Protocol: 'HTTP',
      TargetType: 'ip',
      VpcId: vpc!.VpcId,
      HealthCheckPath: '/health',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 5,
      ...changes,
    }),
  );
  const targetGroupArn = TargetGroups![0]!.TargetGroupArn!;
  const attribute = { Key: 'deregistration_delay.timeout_seconds', Value: '60' };
  await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn: targetGroupArn, Attributes: [attribute] }));
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'shop',
      Subnets: scene.networkConfiguration.awsvpcConfiguration.subnets,
      SecurityGroups: [group!.GroupId],
    }),
  );
  const forward = () =>
    elb.send(
      new CreateListenerCommand({
        LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn!,
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
      }),
    );
  const loadBalancers = [{ targetGroupArn, containerName: 'web', containerPort: 8000 }];
  return { ...scene, elb, forward, loadBalancers, targetGroupArn };
}
