import {
  AuthorizeSecurityGroupEgressCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  DeleteNatGatewayCommand,
  DeleteRouteCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  EC2Client,
  type IpPermission,
  ModifyVpcAttributeCommand,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import type { Deployable } from '../testing/deployable.ts';
import { brokenRollout } from '../testing/sick-services.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { ecsServices, twoServices } from '../testing/two-services.ts';

const YAML = twoServices().replace(/^network: .*$/m, 'network: { nat: { gateways: 1 } }');
const ALL: IpPermission[] = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

async function start() {
  const project = await startDeployed({ yaml: YAML, sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  const ec2 = project.aws.client(EC2Client);
  const { subnets = [], securityGroups = [] } = (await ecsServices(project)).worker!.networkConfiguration!
    .awsvpcConfiguration!;
  const Filters = [{ Name: 'association.subnet-id', Values: subnets }];
  const { RouteTables = [] } = await ec2.send(new DescribeRouteTablesCommand({ Filters }));
  const vpc = RouteTables[0]!.VpcId!;
  return { project, ec2, subnets, group: securityGroups[0]!, tables: RouteTables, vpc };
}

const said = async (project: Deployable, name = 'worker') => {
  const { causes, unseen } = await brokenRollout(project, name);
  expect(unseen).toEqual([]);
  return causes.map(({ id, certainty, what, remedy, evidence }) => ({
    id,
    certainty,
    what,
    remedy,
    read: evidence.at(-1)?.call,
  }));
};

it('F-45 and not F-46: closed egress, names that are not resolved, and an endpoint whose group is closed', async () => {
  const { project, ec2, group, vpc, subnets } = await start();
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: group, IpPermissions: ALL }));
  expect(await said(project)).toEqual([
    {
      id: 'F-45',
      certainty: 'certain',
      what: `its tasks do not reach ecr.api: security group ${group} of the task lets no HTTPS out`,
      remedy: expect.stringContaining(
        'sandbox serve prints: aws ec2 authorize-security-group-egress --region us-east-1 ',
      ),
      read: 'ec2:DescribeSecurityGroupRules',
    },
  ]);
  await ec2.send(new AuthorizeSecurityGroupEgressCommand({ GroupId: group, IpPermissions: ALL }));

  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsSupport: { Value: false } }));
  expect(await said(project)).toMatchObject([
    { id: 'F-45', what: expect.stringContaining('resolves no names'), read: 'ec2:DescribeVpcAttribute' },
  ]);
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId: vpc, EnableDnsSupport: { Value: true } }));

  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ GroupName: 'door', Description: 'door', VpcId: vpc }),
  );
  await ec2.send(
    new CreateVpcEndpointCommand({
      VpcId: vpc,
      ServiceName: 'com.amazonaws.us-east-1.secretsmanager',
      VpcEndpointType: 'Interface',
      SubnetIds: [subnets[0]!],
      SecurityGroupIds: [GroupId!],
      PrivateDnsEnabled: true,
    }),
  );
  await project.aws.settle();
  expect(await said(project)).toMatchObject([
    {
      id: 'F-45',
      what: expect.stringContaining(`its tasks do not reach secretsmanager: security group ${GroupId} of endpoint `),
      read: 'ec2:DescribeSecurityGroupRules',
    },
  ]);
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16' }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: GroupId!, IpPermissions }));
  expect(await said(project)).toEqual([]);
});

it('F-45: a NAT gateway that was deleted by hand, and a route that was; the way out leads out', async () => {
  const { project, ec2, tables, vpc } = await start();
  const { NatGateways = [] } = await ec2.send(
    new DescribeNatGatewaysCommand({ Filter: [{ Name: 'vpc-id', Values: [vpc] }] }),
  );
  await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: NatGateways[0]!.NatGatewayId! }));
  await project.aws.settle();
  expect(await said(project)).toMatchObject([
    {
      id: 'F-45',
      what: expect.stringContaining(`leads to NAT gateway ${NatGateways[0]!.NatGatewayId}, which is gone`),
    },
  ]);
  await project.succeed('recover network --env dev --sandbox --yes');
  expect(await said(project)).toEqual([]);

  for (const { RouteTableId } of tables)
    await ec2.send(new DeleteRouteCommand({ RouteTableId, DestinationCidrBlock: '0.0.0.0/0' }));
  expect(await said(project)).toMatchObject([
    {
      id: 'F-45',
      what: expect.stringMatching(/subnet \S+ has no route to the internet, and vpc-\S+ no endpoint of ecr\.api$/),
      remedy: 'platform recover network --env dev --sandbox; then platform redeploy worker --env dev --sandbox',
      read: 'ec2:DescribeRouteTables',
    },
  ]);
  await project.succeed('recover network --env dev --sandbox --yes');
  expect(await said(project)).toEqual([]);
});

it('F-66 and not F-64: the group of the tasks is closed to the load balancer', async () => {
  const { project, ec2 } = await start();
  const web = (await ecsServices(project)).web!.networkConfiguration!.awsvpcConfiguration!.securityGroups![0]!;
  const { DescribeSecurityGroupRulesCommand } = await import('@aws-sdk/client-ec2');
  const { SecurityGroupRules = [] } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [web] }] }),
  );
  const SecurityGroupRuleIds = SecurityGroupRules.flatMap(({ IsEgress, SecurityGroupRuleId }) =>
    IsEgress ? [] : [SecurityGroupRuleId!],
  );
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: web, SecurityGroupRuleIds }));
  setBehaviour(project.aws.scope, '*', { logs: ['Listening on 0.0.0.0:8080'] });
  expect(await said(project, 'web')).toEqual([
    {
      id: 'F-66',
      certainty: 'certain',
      what: `security group ${web} of the tasks does not let port 8080 in from the load balancer`,
      remedy: expect.stringMatching(
        /^platform recover service-web --env dev --sandbox, which makes the rule again, then /,
      ),
      read: 'ec2:DescribeSecurityGroupRules',
    },
  ]);
});
