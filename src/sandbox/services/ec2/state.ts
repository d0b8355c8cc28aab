import type {
  Address,
  FlowLog,
  Instance,
  InternetGateway,
  NatGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Tag,
  Vpc,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { defineTable } from '../../kernel/scope.ts';
import type { Row } from './rows.ts';

export type VpcRow = Row<Vpc, 'VpcId' | 'CidrBlock' | 'CidrBlockAssociationSet'> & {
  EnableDnsSupport: boolean;
  EnableDnsHostnames: boolean;
  EnableNetworkAddressUsageMetrics: boolean;
};
export type SubnetRow = Row<Subnet, 'SubnetId' | 'VpcId' | 'CidrBlock' | 'AvailabilityZone' | 'AvailabilityZoneId'>;
export type RouteTableRow = Row<RouteTable, 'RouteTableId' | 'VpcId' | 'Routes' | 'Associations'>;
export type InternetGatewayRow = Row<InternetGateway, 'InternetGatewayId' | 'Attachments'>;
export type NatGatewayRow = Row<NatGateway, 'NatGatewayId' | 'SubnetId' | 'VpcId' | 'State' | 'NatGatewayAddresses'>;
export type AddressRow = Row<Address, 'AllocationId' | 'PublicIp'>;
export type SecurityGroupRow = Row<SecurityGroup, 'GroupId' | 'GroupName' | 'VpcId' | 'Description'>;
export type RuleRow = Row<SecurityGroupRule, 'SecurityGroupRuleId' | 'GroupId' | 'IsEgress' | 'IpProtocol'>;
export type NetworkInterfaceRow = Row<
  NetworkInterface,
  'NetworkInterfaceId' | 'SubnetId' | 'VpcId' | 'Groups' | 'PrivateIpAddress' | 'AvailabilityZone' | 'MacAddress'
>;
/** EC2 answers states in small letters, whatever the SDK's enum says. */
export type VpcEndpointRow = Row<
  Omit<VpcEndpoint, 'State'> & { State: 'pending' | 'available' | 'deleting' },
  | 'VpcEndpointId'
  | 'VpcId'
  | 'ServiceName'
  | 'VpcEndpointType'
  | 'RouteTableIds'
  | 'SubnetIds'
  | 'Groups'
  | 'NetworkInterfaceIds'
  | 'State'
>;
export type FlowLogRow = Row<FlowLog, 'FlowLogId' | 'ResourceId'>;
export type InstanceRow = Row<Instance, 'InstanceId' | 'SubnetId' | 'VpcId' | 'State' | 'NetworkInterfaces'> & {
  ReservationId: string;
  DisableApiTermination: boolean;
  UserData?: string;
};
export type NetworkAclRow = Row<NetworkAcl, 'NetworkAclId' | 'VpcId'>;

export const vpcs = defineTable<VpcRow>('ec2.vpcs');
export const subnets = defineTable<SubnetRow>('ec2.subnets');
export const routeTables = defineTable<RouteTableRow>('ec2.route-tables');
export const internetGateways = defineTable<InternetGatewayRow>('ec2.internet-gateways');
export const natGateways = defineTable<NatGatewayRow>('ec2.nat-gateways');
export const addresses = defineTable<AddressRow>('ec2.addresses');
export const securityGroups = defineTable<SecurityGroupRow>('ec2.security-groups');
export const rules = defineTable<RuleRow>('ec2.security-group-rules');
export const networkInterfaces = defineTable<NetworkInterfaceRow>('ec2.network-interfaces');
export const vpcEndpoints = defineTable<VpcEndpointRow>('ec2.vpc-endpoints');
export const flowLogs = defineTable<FlowLogRow>('ec2.flow-logs');
export const instances = defineTable<InstanceRow>('ec2.instances');
export const networkAcls = defineTable<NetworkAclRow>('ec2.network-acls');

/** Tags of everything, by resource id. */
export const tags = defineTable<{ type: string; tags: Tag[] }>('ec2.tags');
