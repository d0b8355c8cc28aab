import { UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRouteTablesCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';

import { att, deploy, NETWORK, ref } from './network-scene.ts';

describe('recordings of cloudformation/resources/test_ec2', () => {
  it('test_internet_gateway_ref_and_attr: Ref and the attribute are the id', async () => {
    const { values } = await deploy(
      { Gateway: { Type: 'AWS::EC2::InternetGateway' } },
      { IdAttachment: att('Gateway', 'InternetGatewayId'), RefAttachment: ref('Gateway') },
    );
    expect(values.IdAttachment).toMatch(/^igw-/);
    expect(values.RefAttachment).toBe(values.IdAttachment);
  });

  it('test_vpc_gateway_attachment: Ref of the attachment names kind and VPC (virtual private gateways: not simulated)', async () => {
    const { Vpc, Gateway, Attachment } = NETWORK;
    const { values } = await deploy({ Vpc, Gateway, Attachment }, { Vpc: ref('Vpc'), Attachment: ref('Attachment') });
    expect(values.Attachment).toBe(`IGW|${values.Vpc}`);
  });

  it('test_ec2_security_group_id_with_vpc: Ref is the id with a VPC and the name without', async () => {
    const group = (rest: object) => ({
      Type: 'AWS::EC2::SecurityGroup',
      Properties: { GroupDescription: 'either', ...rest },
    });
    const { values } = await deploy(
      {
        Vpc: NETWORK.Vpc,
        With: group({ VpcId: ref('Vpc'), GroupName: 'with' }),
        Without: group({ GroupName: 'without' }),
      },
      {
        WithRef: ref('With'),
        WithId: att('With', 'GroupId'),
        WithoutRef: ref('Without'),
        WithoutId: att('Without', 'GroupId'),
      },
    );
    expect(values.WithRef).toBe(values.WithId);
    expect(values.WithoutId).toMatch(/^sg-/);
    expect(values.WithoutRef).toBe('without');
  });

  it.each([
    ['test_vpc_with_route_table', '100.0.0.0/20'],
    ['test_simple_route_table_creation', '10.0.0.0/16'],
    ['test_simple_route_table_creation_without_vpc', '10.0.0.0/16'],
  ])('%s: a table has the local route, no association, and the tags of template and stack', async (_, CidrBlock) => {
    const { ec2, values } = await deploy(
      {
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock } },
        RouteTable: NETWORK.PublicTable,
      },
      { Table: ref('RouteTable'), Vpc: ref('Vpc') },
    );
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [values.Table!] }));
    expect(RouteTables).toEqual([
      {
        Associations: [],
        OwnerId: '000000000000',
        PropagatingVgws: [],
        RouteTableId: values.Table,
        Routes: [
          {
            DestinationCidrBlock: CidrBlock,
            GatewayId: 'local',
            Origin: 'CreateRouteTable',
            State: 'active',
          },
        ],
        Tags: expect.arrayContaining([
          { Key: 'env', Value: 'production' },
          { Key: 'aws:cloudformation:logical-id', Value: 'RouteTable' },
          { Key: 'aws:cloudformation:stack-id', Value: expect.stringContaining(':stack/net/') },
          { Key: 'aws:cloudformation:stack-name', Value: 'net' },
        ]),
        VpcId: values.Vpc,
      },
    ]);
  });

  it('test_cfn_with_multiple_route_table_associations: one table serves two subnets', async () => {
    const { Vpc, PublicA, PublicB, PublicTable, PublicAssociation, PublicAssociationB } = NETWORK;
    const { ec2, values } = await deploy(
      { Vpc, PublicA, PublicB, PublicTable, PublicAssociation, PublicAssociationB },
      { Table: ref('PublicTable'), A: ref('PublicA'), B: ref('PublicB') },
    );
    const { RouteTables } = await ec2.send(new DescribeRouteTablesCommand({ RouteTableIds: [values.Table!] }));
    const associated = (SubnetId: string | undefined) => ({
      AssociationState: { State: 'associated' },
      Main: false,
      RouteTableAssociationId: expect.stringMatching(/^rtbassoc-/),
      RouteTableId: values.Table,
      SubnetId,
    });
    expect(RouteTables?.[0]?.Associations).toHaveLength(2);
    expect(RouteTables?.[0]?.Associations).toEqual(
      expect.arrayContaining([associated(values.A), associated(values.B)]),
    );
  });
});

describe('an update of a security group', () => {
  it('takes back rules that the template no longer has, in place', async () => {
    const { sandbox, cloudformation, ec2, values } = await deploy(
      { Vpc: NETWORK.Vpc, Balancers: NETWORK.Balancers },
      { Group: ref('Balancers') },
    );
    const look = async () =>
      (await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [values.Group!] }))).SecurityGroups![0]!;
    expect(await look()).toMatchObject({
      GroupName: expect.stringMatching(/^net-Balancers-/),
      IpPermissions: [{ FromPort: 80, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });

    const rule = { IpProtocol: 'tcp', FromPort: '443', ToPort: '443', CidrIp: '10.0.0.0/16', Description: 'inside' };
    const Properties = { ...NETWORK.Balancers.Properties, SecurityGroupIngress: [rule] };
    const Resources = { Vpc: NETWORK.Vpc, Balancers: { ...NETWORK.Balancers, Properties } };
    await cloudformation.send(
      new UpdateStackCommand({ StackName: 'net', TemplateBody: JSON.stringify({ Resources }) }),
    );
    await sandbox.settle();
    expect((await look()).IpPermissions).toEqual([
      expect.objectContaining({ FromPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/16', Description: 'inside' }] }),
    ]);
  });
});
