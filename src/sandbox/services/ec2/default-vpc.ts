import { createHash } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { zonesOf } from './availability-zones.ts';
import { formatCidr, parseCidr } from './cidr.ts';
import { freshId } from './ids.ts';
import { allowAllEgress, allowFromItself } from './security-group-rules.ts';
import {
  internetGateways,
  networkAcls,
  routeTables,
  type SubnetRow,
  securityGroups,
  subnets,
  type VpcRow,
  vpcs,
} from './state.ts';

const CIDR = '172.31.0.0/16';

/**
 * Every region of an account starts with a default VPC: a /20 subnet in each zone, an internet gateway and a route to
 * it. https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc-components.html
 * It is made when the region is first looked at, and once: deleted, it stays deleted.
 */
export function ensureDefaultVpc(scope: Scope): void {
  const begun = scope.world.store.table<{ at: number }>('ec2.default-vpc', `${scope.account}/${scope.region}`);
  if (begun.has('made')) return;
  begun.put('made', { at: scope.world.clock.now() });

  const vpc = putVpc(scope, { cidr: CIDR, isDefault: true, tenancy: 'default' });
  const gatewayId = freshId('igw');
  internetGateways.in(scope).put(gatewayId, {
    InternetGatewayId: gatewayId,
    OwnerId: scope.account,
    Attachments: [{ VpcId: vpc.VpcId, State: 'available' as 'attached' }],
  });
  const main = routeTables
    .in(scope)
    .values()
    .find((table) => table.VpcId === vpc.VpcId)!;
  routeTables.in(scope).update(main.RouteTableId, (draft) => {
    draft.Routes.push({
      DestinationCidrBlock: '0.0.0.0/0',
      GatewayId: gatewayId,
      Origin: 'CreateRoute',
      State: 'active',
    });
  });
  const { first } = parseCidr(CIDR)!;
  zonesOf(scope.region).forEach((zone, index) => {
    putSubnet(scope, {
      vpcId: vpc.VpcId,
      cidr: formatCidr({ first: first + index * 4096, last: 0, prefix: 20 }),
      zone,
      isDefault: true,
    });
  });
}

/** The default VPC of the region, unless it was deleted. */
export function defaultVpcOf(scope: Scope): VpcRow | undefined {
  ensureDefaultVpc(scope);
  return vpcs
    .in(scope)
    .values()
    .find((vpc) => vpc.IsDefault);
}

/** A VPC with what AWS makes beside it: main route table, default security group, default network ACL. */
export function putVpc(
  scope: Scope,
  { cidr, isDefault, tenancy }: { cidr: string; isDefault: boolean; tenancy: 'default' | 'dedicated' },
): VpcRow {
  const id = freshId('vpc');
  const row = vpcs.in(scope).put(id, {
    VpcId: id,
    CidrBlock: cidr,
    CidrBlockAssociationSet: [
      { AssociationId: freshId('vpc-cidr-assoc'), CidrBlock: cidr, CidrBlockState: { State: 'associated' } },
    ],
    DhcpOptionsId: `dopt-0${createHash('sha256').update(`${scope.account}/${scope.region}`).digest('hex').slice(0, 16)}`,
    InstanceTenancy: tenancy,
    Ipv6CidrBlockAssociationSet: [],
    IsDefault: isDefault,
    OwnerId: scope.account,
    State: 'available',
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    EnableDnsSupport: true,
    EnableDnsHostnames: isDefault,
    EnableNetworkAddressUsageMetrics: false,
  });
  putMainRouteTable(scope, id, cidr);
  putDefaultGroup(scope, id);
  putDefaultAcl(scope, id);
  return row;
}

export function putSubnet(
  scope: Scope,
  {
    vpcId,
    cidr,
    zone,
    isDefault,
  }: { vpcId: string; cidr: string; zone: { name: string; id: string }; isDefault: boolean },
): SubnetRow {
  const id = freshId('subnet');
  return subnets.in(scope).put(id, {
    SubnetId: id,
    SubnetArn: `arn:aws:ec2:${scope.region}:${scope.account}:subnet/${id}`,
    VpcId: vpcId,
    CidrBlock: cidr,
    AvailabilityZone: zone.name,
    AvailabilityZoneId: zone.id,
    AssignIpv6AddressOnCreation: false,
    BlockPublicAccessStates: { InternetGatewayBlockMode: 'off' },
    DefaultForAz: isDefault,
    EnableDns64: false,
    Ipv6CidrBlockAssociationSet: [],
    Ipv6Native: false,
    MapCustomerOwnedIpOnLaunch: false,
    MapPublicIpOnLaunch: isDefault,
    OwnerId: scope.account,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    State: 'available',
  });
}

function putMainRouteTable(scope: Scope, vpcId: string, cidr: string): void {
  const id = freshId('rtb');
  routeTables.in(scope).put(id, {
    RouteTableId: id,
    VpcId: vpcId,
    OwnerId: scope.account,
    PropagatingVgws: [],
    Associations: [
      {
        Main: true,
        RouteTableAssociationId: freshId('rtbassoc'),
        RouteTableId: id,
        AssociationState: { State: 'associated' },
      },
    ],
    Routes: [{ DestinationCidrBlock: cidr, GatewayId: 'local', Origin: 'CreateRouteTable', State: 'active' }],
  });
}

function putDefaultGroup(scope: Scope, vpcId: string): void {
  const id = freshId('sg');
  securityGroups.in(scope).put(id, {
    GroupId: id,
    GroupName: 'default',
    Description: 'default VPC security group',
    OwnerId: scope.account,
    VpcId: vpcId,
    SecurityGroupArn: `arn:aws:ec2:${scope.region}:${scope.account}:security-group/${id}`,
  });
  allowFromItself(scope, id);
  allowAllEgress(scope, id);
}

function putDefaultAcl(scope: Scope, vpcId: string): void {
  const id = freshId('acl');
  const entry = (egress: boolean, number: number, action: 'allow' | 'deny') => ({
    CidrBlock: '0.0.0.0/0',
    Egress: egress,
    Protocol: '-1',
    RuleAction: action,
    RuleNumber: number,
  });
  networkAcls.in(scope).put(id, {
    NetworkAclId: id,
    VpcId: vpcId,
    IsDefault: true,
    OwnerId: scope.account,
    Entries: [
      entry(true, 100, 'allow'),
      entry(true, 32767, 'deny'),
      entry(false, 100, 'allow'),
      entry(false, 32767, 'deny'),
    ],
  });
}
