import {
  type DeploymentConfiguration,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  type ServiceDeployment,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { securityGroups, vpcs } from '../ec2/state.ts';
import { addRole, ecsScene } from './ecs-scene.ts';

/** The ECS scene with a rule that leads to two target groups, `blue` and `green`, and what tests of shifting traffic ask. */
export async function shiftScene(options: Parameters<typeof ecsScene>[0] = {}) {
  const scene = await ecsScene(options);
  const elb = scene.client(ElasticLoadBalancingV2Client);
  const [vpc] = vpcs.in(scene.scope).values();
  const [securityGroup] = securityGroups.in(scene.scope).values();
  const makeGroup = async (Name: string): Promise<string> => {
    const { TargetGroups } = await elb.send(
      new CreateTargetGroupCommand({
        Name,
        Port: 8000,
        Protocol: 'HTTP',
        TargetType: 'ip',
        VpcId: vpc!.VpcId,
        HealthCheckIntervalSeconds: 10,
      }),
    );
    return TargetGroups![0]!.TargetGroupArn!;
  };
  const blue = await makeGroup('blue');
  const green = await makeGroup('green');
  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({
      Name: 'shop',
      Subnets: scene.networkConfiguration.awsvpcConfiguration.subnets,
      SecurityGroups: [securityGroup!.GroupId],
    }),
  );
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn: LoadBalancers![0]!.LoadBalancerArn!,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  const { Rules } = await elb.send(
    new CreateRuleCommand({
      ListenerArn: Listeners![0]!.ListenerArn!,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: ['/*'] } }],
      Actions: [
        {
          Type: 'forward',
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: blue, Weight: 100 },
              { TargetGroupArn: green, Weight: 0 },
            ],
          },
        },
      ],
    }),
  );
  const rule = Rules![0]!.RuleArn!;
  const roleArn = addRole(scene.scope, 'balancing', { trusted: 'ecs.amazonaws.com' });
  const plain = { targetGroupArn: blue, containerName: 'web', containerPort: 8000 };
  const advanced = {
    ...plain,
    advancedConfiguration: { alternateTargetGroupArn: green, productionListenerRule: rule, roleArn },
  };

  return {
    ...scene,
    elb,
    blue,
    green,
    rule,
    plain,
    advanced,

    /** Percent of the requests that go to `blue` and to `green`. */
    async shares(): Promise<[blue: number, green: number]> {
      const { Rules: found } = await elb.send(new DescribeRulesCommand({ RuleArns: [rule] }));
      const groups = found![0]!.Actions![0]!.ForwardConfig!.TargetGroups!;
      const weight = (arn: string) => groups.find(({ TargetGroupArn }) => TargetGroupArn === arn)?.Weight ?? 0;
      return [weight(blue), weight(green)];
    },

    /** As somebody would who knows nothing of ECS. */
    async moveTo([toBlue, toGreen]: [number, number]): Promise<void> {
      const TargetGroups = [
        { TargetGroupArn: blue, Weight: toBlue },
        { TargetGroupArn: green, Weight: toGreen },
      ];
      await elb.send(
        new ModifyRuleCommand({ RuleArn: rule, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] }),
      );
    },

    async healthy(group: string): Promise<number> {
      const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: group }));
      return TargetHealthDescriptions!.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length;
    },

    /** A service that has run its first two tasks with this strategy. */
    async begun(deploymentConfiguration: DeploymentConfiguration): Promise<void> {
      await scene.register();
      await scene.createService({
        deploymentConfiguration,
        loadBalancers: [advanced],
        healthCheckGracePeriodSeconds: 0,
      });
      await scene.settle();
      scene.world.pause();
    },

    update: (changes: Partial<UpdateServiceCommandInput>) =>
      scene.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'web', ...changes })),

    async latest(): Promise<ServiceDeployment> {
      const { serviceDeployments } = await scene.ecs.send(
        new ListServiceDeploymentsCommand({ cluster: 'shop', service: 'web' }),
      );
      const arns = [serviceDeployments![0]!.serviceDeploymentArn!];
      const found = await scene.ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns }));
      return found.serviceDeployments![0]!;
    },
  };
}
