import type { Scope } from '../../kernel/scope.ts';
import { missing } from './faults.ts';
import { routeState } from './route-state.ts';
import {
  internetGateways,
  networkInterfaces,
  type RouteTableRow,
  routeTables,
  type SecurityGroupRow,
  type SubnetRow,
  securityGroups,
  subnets,
  type VpcRow,
  vpcs,
} from './state.ts';

/** The VPC, or InvalidVpcID.NotFound. */
export function vpcOf(scope: Scope, id: string): VpcRow {
  const row = vpcs.in(scope).get(id);
  if (!row) throw missing.vpc(id);
  return row;
}

/** The subnet, or InvalidSubnetID.NotFound. */
export function subnetOf(scope: Scope, id: string): SubnetRow {
  const row = subnets.in(scope).get(id);
  if (!row) throw missing.subnet(id);
  return row;
}

/** The security group, or InvalidGroup.NotFound. */
export function securityGroupOf(scope: Scope, id: string): SecurityGroupRow {
  const row = securityGroups.in(scope).get(id);
  if (!row) throw missing.securityGroup(id);
  return row;
}

/** The route table, or InvalidRouteTableID.NotFound. */
export function routeTableOf(scope: Scope, id: string): RouteTableRow {
  const row = routeTables.in(scope).get(id);
  if (!row) throw missing.routeTable(id);
  return row;
}

/** The group named `default` that every VPC has. */
export function defaultGroupOf(scope: Scope, vpcId: string): SecurityGroupRow {
  const row = securityGroups
    .in(scope)
    .values()
    .find((group) => group.VpcId === vpcId && group.GroupName === 'default');
  if (!row) throw missing.vpc(vpcId);
  return row;
}

/** The table that routes for a subnet: its own association, else the main table of its VPC. */
export function routeTableOfSubnet(scope: Scope, subnetId: string): RouteTableRow {
  const { VpcId } = subnetOf(scope, subnetId);
  const ofVpc = routeTables
    .in(scope)
    .values()
    .filter((table) => table.VpcId === VpcId);
  return (
    ofVpc.find((table) => table.Associations.some((association) => association.SubnetId === subnetId)) ??
    ofVpc.find((table) => table.Associations.some((association) => association.Main))!
  );
}

/** How packets to the internet leave a subnet: the target of its default route, `none` when there is no working one. */
export function internetRouteOf(scope: Scope, subnetId: string): 'internet-gateway' | 'nat' | 'none' {
  const route = routeTableOfSubnet(scope, subnetId).Routes.find((entry) => entry.DestinationCidrBlock === '0.0.0.0/0');
  if (!route || routeState(scope, subnetOf(scope, subnetId).VpcId, route) === 'blackhole') return 'none';
  if (route.GatewayId?.startsWith('igw-')) return 'internet-gateway';
  return route.NatGatewayId || route.NetworkInterfaceId || route.InstanceId ? 'nat' : 'none';
}

/** The internet gateway attached to a VPC, if any. */
export const internetGatewayOf = (scope: Scope, vpcId: string) =>
  internetGateways
    .in(scope)
    .values()
    .find((gateway) => gateway.Attachments.some((attachment) => attachment.VpcId === vpcId));

/** Interfaces that a security group is on. */
export const interfacesWithGroup = (scope: Scope, groupId: string) =>
  networkInterfaces
    .in(scope)
    .values()
    .filter((row) => row.Groups.some((group) => group.GroupId === groupId));
