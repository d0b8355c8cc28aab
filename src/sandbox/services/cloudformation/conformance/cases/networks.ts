import { DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRouteTablesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy, outputsOf } from '../deploy.ts';
import { att, ref, stackOf } from '../templates.ts';

const one = (Type: string, Properties?: object, more: object = {}) => ({
  Type,
  ...(Properties ? { Properties } : {}),
  ...more,
});
const vpc = (CidrBlock: string, more: object = {}) => one('AWS::EC2::VPC', { CidrBlock, ...more });
const outputs = (values: Record<string, unknown>) => ({
  Outputs: Object.fromEntries(Object.entries(values).map(([key, Value]) => [key, { Value }])),
});

async function tableOf(scene: StackScene, RouteTableId: string) {
  const { RouteTables } = await scene.sandbox
    .client(EC2Client)
    .send(new DescribeRouteTablesCommand({ RouteTableIds: [RouteTableId] }));
  const { Tags = [], ...table } = RouteTables![0]!;
  return { table, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) as Record<string, string> };
}
const shownTable = (id: string, cidr: string, Associations: object[] = []) => ({
  Associations,
  OwnerId: '000000000000',
  PropagatingVgws: [],
  RouteTableId: id,
  Routes: [{ DestinationCidrBlock: cidr, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }],
  VpcId: expect.stringMatching(/^vpc-/),
});

const simpleTable = (Value: string, more: object = {}) => ({
  run: async (scene: StackScene) => {
    const table = one('AWS::EC2::RouteTable', { VpcId: ref('Vpc'), Tags: [{ Key: 'Name', Value }] });
    const stack = await deploy(
      scene,
      stackOf({ Vpc: vpc('10.0.0.0/16', more), Table: table }, outputs({ Id: ref('Table') })),
    );
    const shown = await tableOf(scene, outputsOf(stack).Id!);
    expect(
      Object.fromEntries(Object.entries(shown.tags).filter(([key]) => !key.startsWith('aws:cloudformation'))),
    ).toEqual({ Name: Value });
    expect(shown.table).toEqual(shownTable(outputsOf(stack).Id!, '10.0.0.0/16'));
  },
});
const stackTags = (stackId: string, logicalId: string) => ({
  'aws:cloudformation:logical-id': logicalId,
  'aws:cloudformation:stack-id': stackId,
  'aws:cloudformation:stack-name': 'shop',
});
const tagged = one('AWS::EC2::RouteTable', { VpcId: ref('Vpc'), Tags: [{ Key: 'env', Value: 'production' }] });

export const NETWORK_CASES: Cases = {
  'resources/test_ec2.py::test_simple_route_table_creation_without_vpc': simpleTable('Suspicious Route Table'),
  'resources/test_ec2.py::test_simple_route_table_creation': simpleTable('Suspicious Route table', {
    EnableDnsHostnames: true,
    EnableDnsSupport: true,
    InstanceTenancy: 'default',
    Tags: [{ Key: 'Name', Value: 'vpc' }],
  }),
  'resources/test_ec2.py::test_vpc_with_route_table': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          { Vpc: vpc('100.0.0.0/20', { EnableDnsSupport: true, EnableDnsHostnames: true }), RouteTable: tagged },
          outputs({ Id: ref('RouteTable') }),
        ),
      );
      const shown = await tableOf(scene, outputsOf(stack).Id!);
      expect(shown.table).toEqual(shownTable(outputsOf(stack).Id!, '100.0.0.0/20'));
      expect(shown.tags).toEqual({ env: 'production', ...stackTags(stack.StackId!, 'RouteTable') });
    },
  },
  'resources/test_ec2.py::test_cfn_with_multiple_route_table_associations': {
    run: async (scene) => {
      const subnet = (CidrBlock: string) =>
        one('AWS::EC2::Subnet', {
          AvailabilityZone: { 'Fn::Select': [0, { 'Fn::GetAZs': ref('AWS::Region') }] },
          CidrBlock,
          VpcId: ref('Vpc'),
        });
      const association = (id: string) =>
        one(
          'AWS::EC2::SubnetRouteTableAssociation',
          { SubnetId: ref(id), RouteTableId: ref('RouteTable') },
          { DependsOn: [id, 'RouteTable'] },
        );
      const stack = await deploy(
        scene,
        stackOf(
          {
            Vpc: vpc('100.0.0.0/20'),
            RouteTable: tagged,
            SubnetA: subnet('100.0.0.0/24'),
            SubnetB: subnet('100.0.2.0/24'),
            AssociationA: association('SubnetA'),
            AssociationB: association('SubnetB'),
          },
          outputs({ Id: ref('RouteTable') }),
        ),
      );
      const id = outputsOf(stack).Id!;
      const shown = await tableOf(scene, id);
      const associated = {
        AssociationState: { State: 'associated' },
        Main: false,
        RouteTableAssociationId: expect.stringMatching(/^rtbassoc-/),
        RouteTableId: id,
        SubnetId: expect.stringMatching(/^subnet-/),
      };
      expect(shown.table).toEqual(shownTable(id, '100.0.0.0/20', [associated, associated]));
      expect(shown.tags).toEqual({ env: 'production', ...stackTags(stack.StackId!, 'RouteTable') });
    },
  },
  'resources/test_ec2.py::test_internet_gateway_ref_and_attr': {
    run: async (scene) => {
      const id = att('Gateway', 'InternetGatewayId');
      const stack = await deploy(
        scene,
        stackOf(
          {
            Gateway: one('AWS::EC2::InternetGateway'),
            Vpc: vpc('10.0.0.0/16'),
            Attachment: one('AWS::EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: id }),
          },
          outputs({ RefAttachment: ref('Gateway'), IdAttachment: id }),
        ),
      );
      const { RefAttachment, ...rest } = outputsOf(stack);
      expect(RefAttachment).toMatch(/^igw-/);
      expect(rest).toEqual({ IdAttachment: RefAttachment });
      const { StackResourceDetail } = await scene.client.send(
        new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'Gateway' }),
      );
      expect(StackResourceDetail).toEqual({
        DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
        LastUpdatedTimestamp: expect.any(Date),
        LogicalResourceId: 'Gateway',
        Metadata: '{}',
        PhysicalResourceId: RefAttachment,
        ResourceStatus: 'CREATE_COMPLETE',
        ResourceType: 'AWS::EC2::InternetGateway',
        StackId: stack.StackId,
        StackName: 'shop',
      });
    },
  },
  'resources/test_ec2.py::test_vpc_gateway_attachment': {
    notSimulated: 'attaches a VPN gateway too, which the sandbox does not simulate',
  },
  'resources/test_ec2.py::test_ec2_security_group_id_with_vpc': {
    different: 'a group without a VPC is referred to by its id here; on AWS by its name, a remnant of EC2-Classic',
  },
  'resources/test_ec2.py::test_dhcp_options': {
    notSimulated: 'asks EC2 for DHCP options, which the sandbox does not simulate',
  },
  'resources/test_ec2.py::test_transit_gateway_attachment': {
    notSimulated: 'asks EC2 for transit gateways, which the sandbox does not simulate',
  },
  'resources/test_ec2.py::test_keypair_create_import': {
    notSimulated: 'imports an SSH key; the sandbox does not simulate key pairs',
  },
};

const SNS = 'resources/test_sns.py::';
const NO_SNS = 'the answer is one of SNS, which the sandbox does not simulate: topics of stacks are records only';
const BOOTSTRAP = 'needs an older bootstrap template of the CDK; the current one is deployed by bootstrap.test.ts';

export const ABSENT_CASES: Cases = {
  ...Object.fromEntries(
    [
      'test_sns_subscription_region',
      'test_sns_topic_fifo_with_deduplication',
      'test_sns_topic_fifo_without_suffix_fails',
      'test_sns_topic_policy_resets_to_default',
      'test_sns_topic_update_attributes',
      'test_sns_topic_update_name',
      'test_sns_topic_with_attributes',
      'test_update_subscription',
    ].map((name) => [`${SNS}${name}`, { notSimulated: NO_SNS }]),
  ),
  'resources/test_cdk.py::TestCdkInit::test_cdk_bootstrap_redeploy[v20]': { notSimulated: BOOTSTRAP },
  'resources/test_cdk.py::TestCdkInit::test_cdk_bootstrap_redeploy[v28]': { notSimulated: BOOTSTRAP },
  'resources/test_cdk.py::TestCdkSampleApp::test_cdk_sample': { notSimulated: NO_SNS },
};
