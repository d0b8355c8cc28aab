import {
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  type CreateTargetGroupInput,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { createNetworkInterfaceFor } from '../ec2/network-interfaces.ts';
import { type Answer, setTargetBehaviour } from './target-behaviour.ts';

/** A network of two zones, its load balancer up, a listener that answers 404, and a way to put a program behind it. */
export async function balancerScene() {
  const sandbox = await startSandbox();
  const ec2 = sandbox.client(EC2Client);
  const elb = sandbox.client(ElasticLoadBalancingV2Client);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const VpcId = Vpc!.VpcId!;
  const { InternetGateway } = await ec2.send(new CreateInternetGatewayCommand({}));
  await ec2.send(new AttachInternetGatewayCommand({ VpcId, InternetGatewayId: InternetGateway!.InternetGatewayId! }));
  const subnet = async (CidrBlock: string, AvailabilityZone: string) =>
    (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock, AvailabilityZone }))).Subnet!.SubnetId!;
  const Subnets = [await subnet('10.0.0.0/24', 'us-east-1a'), await subnet('10.0.1.0/24', 'us-east-1b')];
  const group = async (GroupName: string) =>
    (await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName, Description: GroupName }))).GroupId!;
  const [balancerGroup, taskGroup] = [await group('balancer'), await group('tasks')];
  const fromBalancer = {
    GroupId: taskGroup,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 8000, ToPort: 8000, UserIdGroupPairs: [{ GroupId: balancerGroup }] },
    ],
  };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand(fromBalancer));

  const { LoadBalancers } = await elb.send(
    new CreateLoadBalancerCommand({ Name: 'web', Subnets, SecurityGroups: [balancerGroup] }),
  );
  const LoadBalancerArn = LoadBalancers![0]!.LoadBalancerArn!;
  const { Listeners } = await elb.send(
    new CreateListenerCommand({
      LoadBalancerArn,
      Port: 80,
      Protocol: 'HTTP',
      DefaultActions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }],
    }),
  );
  const ListenerArn = Listeners![0]!.ListenerArn!;

  return {
    sandbox,
    ec2,
    elb,
    VpcId,
    Subnets,
    LoadBalancerArn,
    ListenerArn,
    balancerGroup,
    fromBalancer,
    async targetGroup(settings: Partial<CreateTargetGroupInput> = {}) {
      const { TargetGroups } = await elb.send(
        new CreateTargetGroupCommand({
          Name: 'web',
          Protocol: 'HTTP',
          Port: 8000,
          VpcId,
          TargetType: 'ip',
          HealthCheckPath: '/health',
          ...settings,
        }),
      );
      return TargetGroups![0]!.TargetGroupArn!;
    },
    rule: (TargetGroupArn: string, Priority = 10) =>
      elb.send(
        new CreateRuleCommand({
          ListenerArn,
          Priority,
          Conditions: [{ Field: 'host-header', Values: ['shop.example.com'] }],
          Actions: [{ Type: 'forward', TargetGroupArn }],
        }),
      ),
    /** A program on 8000 with an interface of its own; answers with its address. */
    program: (answer: Answer, paths: Record<string, Answer> = {}) =>
      sandbox.world.transaction(() => {
        const eni = createNetworkInterfaceFor(sandbox.scope, {
          subnetId: Subnets[0]!,
          groupIds: [taskGroup],
          description: 'a task',
        });
        const address = eni.PrivateIpAddress;
        setTargetBehaviour(sandbox.scope, { address, port: 8000, behaviour: { answer, paths } });
        return address;
      }),
    change: (address: string, answer: Answer) =>
      sandbox.world.transaction(() =>
        setTargetBehaviour(sandbox.scope, { address, port: 8000, behaviour: { answer } }),
      ),
    async health(TargetGroupArn: string) {
      const { TargetHealthDescriptions } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
      return TargetHealthDescriptions!.map(({ TargetHealth }) => TargetHealth);
    },
  };
}
