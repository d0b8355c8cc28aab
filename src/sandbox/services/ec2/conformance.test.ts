import {
  AssociateRouteTableCommand,
  CreateFlowLogsCommand,
  type CreateFlowLogsCommandInput,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  DescribeAvailabilityZonesCommand,
  DescribeFlowLogsCommand,
  DescribeRouteTablesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  GetSecurityGroupsForVpcCommand,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/ec2/test_ec2.py). */
const ACCOUNT = '000000000000';
const LOG_FORMAT =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
    .split(' ')
    .map((part) => `\${${part}}`)
    .join(' ');

async function open(CidrBlock = '10.0.0.0/16') {
  const sandbox = await startSandbox();
  const ec2 = sandbox.client(EC2Client);
  const created = await ec2.send(
    new CreateVpcCommand({
      CidrBlock,
      TagSpecifications: [{ ResourceType: 'vpc', Tags: [{ Key: 'test-key', Value: 'test-value' }] }],
    }),
  );
  return { sandbox, ec2, created, VpcId: created.Vpc!.VpcId! };
}

describe('recordings of EC2', () => {
  it('TestEc2Integrations::test_create_route_table_association', async () => {
    const { ec2, VpcId } = await open();
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
    const { RouteTable } = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const [SubnetId, RouteTableId] = [Subnet!.SubnetId!, RouteTable!.RouteTableId!];
    const { AssociationId } = await ec2.send(new AssociateRouteTableCommand({ RouteTableId, SubnetId }));
    const { RouteTables } = await ec2.send(
      new DescribeRouteTablesCommand({ Filters: [{ Name: 'association.subnet-id', Values: [SubnetId] }] }),
    );
    expect(RouteTables).toEqual([
      {
        Associations: [
          {
            Main: false,
            RouteTableAssociationId: AssociationId,
            RouteTableId,
            SubnetId,
            AssociationState: { State: 'associated' },
          },
        ],
        PropagatingVgws: [],
        RouteTableId,
        Routes: [
          { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' },
        ],
        Tags: [],
        VpcId,
        OwnerId: ACCOUNT,
      },
    ]);
  });

  it('TestEc2Integrations::test_get_security_groups_for_vpc', async () => {
    const { ec2, created, VpcId } = await open();
    expect(created.Vpc).toEqual({
      BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
      CidrBlock: '10.0.0.0/16',
      CidrBlockAssociationSet: [
        {
          AssociationId: expect.stringMatching(/^vpc-cidr-assoc-/),
          CidrBlock: '10.0.0.0/16',
          CidrBlockState: { State: 'associated' },
        },
      ],
      DhcpOptionsId: expect.stringMatching(/^dopt-/),
      InstanceTenancy: 'default',
      Ipv6CidrBlockAssociationSet: [],
      IsDefault: false,
      OwnerId: ACCOUNT,
      State: 'pending',
      Tags: [{ Key: 'test-key', Value: 'test-value' }],
      VpcId: expect.stringMatching(/^vpc-/),
    });
    const shown = (GroupName: string, Description: string, GroupId: unknown) => ({
      Description,
      GroupId,
      GroupName,
      OwnerId: ACCOUNT,
      PrimaryVpcId: VpcId,
      Tags: [],
    });
    const own = shown('default', 'default VPC security group', expect.stringMatching(/^sg-/));
    expect(await answerOf(ec2.send(new GetSecurityGroupsForVpcCommand({ VpcId })))).toEqual({
      SecurityGroupForVpcs: [own],
    });
    const group = await answerOf(
      ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: 'two', Description: 'Description for two' })),
    );
    expect(group).toEqual({
      GroupId: expect.stringMatching(/^sg-/),
      SecurityGroupArn: expect.stringMatching(/^arn:aws:ec2:us-east-1:000000000000:security-group\/sg-/),
    });
    expect(await answerOf(ec2.send(new GetSecurityGroupsForVpcCommand({ VpcId })))).toEqual({
      SecurityGroupForVpcs: [own, shown('two', 'Description for two', expect.stringMatching(/^sg-/))],
    });
  });

  const zone = (letter: string, ZoneId: string) => ({
    AvailabilityZones: [
      {
        GroupLongName: 'US East (N. Virginia) 1',
        GroupName: 'us-east-1-zg-1',
        Messages: [],
        NetworkBorderGroup: 'us-east-1',
        OptInStatus: 'opt-in-not-required',
        RegionName: 'us-east-1',
        State: 'available',
        ZoneId,
        ZoneName: `us-east-1${letter}`,
        ZoneType: 'availability-zone',
      },
    ],
  });

  it.each([
    ['test_describe_availability_zones_filter_with_zone_names', { ZoneNames: ['us-east-1a'] }, zone('a', 'use1-az6')],
    ['test_describe_availability_zones_filter_with_zone_ids', { ZoneIds: ['use1-az1'] }, zone('b', 'use1-az1')],
    [
      'test_describe_availability_zones_filters',
      { Filters: [{ Name: 'zone-name', Values: ['us-east-1a'] }] },
      zone('a', 'use1-az6'),
    ],
  ])('%s', async (_, input, expected) => {
    const ec2 = (await startSandbox()).client(EC2Client);
    expect(await answerOf(ec2.send(new DescribeAvailabilityZonesCommand(input)))).toEqual(expected);
  });

  it('TestEc2FlowLogs::test_ec2_flow_logs_s3', async () => {
    const { sandbox, ec2, VpcId } = await open('10.0.0.0/24');
    await sandbox.client(S3Client).send(new CreateBucketCommand({ Bucket: 'flow-logs-of-a-test' }));
    const create = (LogDestination: string) =>
      answerOf(
        ec2.send(
          new CreateFlowLogsCommand({
            ResourceIds: [VpcId],
            ResourceType: 'VPC',
            TrafficType: 'ALL',
            LogDestinationType: 's3',
            LogDestination,
          }),
        ),
      );
    const answered = {
      ClientToken: expect.any(String),
      FlowLogIds: [expect.stringMatching(/^fl-/)],
      Unsuccessful: [],
    };
    expect(await create('arn:aws:s3:::flow-logs-of-a-test')).toEqual(answered);
    expect(await answerOf(ec2.send(new DescribeFlowLogsCommand({})))).toEqual({
      FlowLogs: [
        {
          CreationTime: expect.any(Date),
          DeliverLogsStatus: 'SUCCESS',
          DestinationOptions: { FileFormat: 'plain-text', HiveCompatiblePartitions: false, PerHourPartition: false },
          FlowLogId: expect.stringMatching(/^fl-/),
          FlowLogStatus: 'ACTIVE',
          LogDestination: 'arn:aws:s3:::flow-logs-of-a-test',
          LogDestinationType: 's3',
          LogFormat: LOG_FORMAT,
          MaxAggregationInterval: 600,
          ResourceId: VpcId,
          Tags: [],
          TrafficType: 'ALL',
        },
      ],
    });
    expect(await create('arn:aws:s3:::flow-logs-of-a-test/subfolder/')).toEqual(answered);
  });

  it('TestEc2FlowLogs::test_ec2_flow_logs_s3_validation', async () => {
    const { ec2, VpcId } = await open('10.0.0.0/24');
    const create = (input: Partial<CreateFlowLogsCommandInput>) =>
      answerOf(
        ec2.send(
          new CreateFlowLogsCommand({
            ResourceIds: [VpcId],
            ResourceType: 'VPC',
            TrafficType: 'ALL',
            LogDestinationType: 's3',
            ...input,
          }),
        ),
      );
    expect(await create({ LogDestination: 'arn:aws:s3:::no-such-bucket-of-a-test' })).toEqual({
      ClientToken: expect.any(String),
      FlowLogIds: [],
      Unsuccessful: [
        {
          Error: { Code: '400', Message: 'LogDestination: no-such-bucket-of-a-test does not exist' },
          ResourceId: VpcId,
        },
      ],
    });
    expect(await create({ LogDestination: 'arn:aws:s3:::any', LogGroupName: 'any' })).toEqual(
      refusal('InvalidParameter', 'Please only provide LogGroupName or only provide LogDestination.'),
    );
    expect(await create({})).toEqual(
      refusal('InvalidParameter', "LogDestination can't be empty if LogGroupName is not provided."),
    );
    expect(await create({ LogGroupName: 'any' })).toEqual(
      refusal('InvalidParameter', 'LogDestination type must be cloud-watch-logs if LogGroupName is provided.'),
    );
  });

  it('TestEc2Integrations::test_vpc_endpoint_dns_names', async () => {
    const { sandbox, ec2, VpcId } = await open();
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
    const { VpcEndpoint } = await ec2.send(
      new CreateVpcEndpointCommand({
        VpcId,
        ServiceName: 'com.amazonaws.us-east-1.execute-api',
        VpcEndpointType: 'Interface',
        SubnetIds: [Subnet!.SubnetId!],
      }),
    );
    await sandbox.settle();
    const id = VpcEndpoint!.VpcEndpointId!;
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    const [{ DnsEntries, PolicyDocument, ...endpoint } = {}] = VpcEndpoints!;
    expect(DnsEntries?.[0]).toEqual({
      DnsName: expect.stringMatching(
        new RegExp(`^${id}-[0-9a-z]{8}\\.execute-api\\.us-east-1\\.vpce\\.amazonaws\\.com$`),
      ),
      HostedZoneId: expect.any(String),
    });
    expect(JSON.parse(PolicyDocument!)).toEqual({
      Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }],
    });
    expect(endpoint).toEqual({
      CreationTimestamp: expect.any(Date),
      DnsOptions: { DnsRecordIpType: 'ipv4' },
      Groups: [{ GroupId: expect.stringMatching(/^sg-/), GroupName: 'default' }],
      IpAddressType: 'ipv4',
      NetworkInterfaceIds: [expect.stringMatching(/^eni-/)],
      OwnerId: ACCOUNT,
      PrivateDnsEnabled: true,
      RequesterManaged: false,
      RouteTableIds: [],
      ServiceName: 'com.amazonaws.us-east-1.execute-api',
      ServiceRegion: 'us-east-1',
      State: 'available',
      SubnetIds: [Subnet!.SubnetId],
      Tags: [],
      VpcEndpointId: id,
      VpcEndpointType: 'Interface',
      VpcId,
    });
  });
});
