import type { CreateRouteRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { formatCidr, parseCidr } from './cidr.ts';
import { invalidValue, missing, missingParameter, notSimulated } from './faults.ts';
import {
  instances,
  internetGateways,
  natGateways,
  networkInterfaces,
  type RouteTableRow,
  routeTables,
} from './state.ts';

export type Destination = Pick<
  RouteTableRow['Routes'][number],
  'DestinationCidrBlock' | 'DestinationIpv6CidrBlock' | 'DestinationPrefixListId'
>;

/** The one destination that a request names. */
export function destinationOf(input: Destination): Destination {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = input;
  const given = [DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId].filter((each) => each);
  if (given.length === 0) throw missingParameter('destinationCidrBlock');
  if (given.length > 1) {
    throw new AwsFault(
      'InvalidParameterCombination',
      'The parameter destinationCidrBlock cannot be used with the parameter destinationIpv6CidrBlock',
    );
  }
  if (DestinationPrefixListId) return { DestinationPrefixListId };
  if (DestinationIpv6CidrBlock) return { DestinationIpv6CidrBlock };
  const block = parseCidr(DestinationCidrBlock!);
  if (!block) throw invalidValue(DestinationCidrBlock, 'destinationCidrBlock', 'This is not a valid CIDR block.');
  return { DestinationCidrBlock: formatCidr(block) };
}

/** The one target of a route, checked to exist and to belong to the network of the table. */
export function targetOf(scope: Scope, table: RouteTableRow, input: CreateRouteRequest) {
  const { GatewayId, NatGatewayId, NetworkInterfaceId, InstanceId } = input;
  const others = [
    'TransitGatewayId',
    'VpcPeeringConnectionId',
    'EgressOnlyInternetGatewayId',
    'LocalGatewayId',
    'CarrierGatewayId',
    'VpcEndpointId',
    'CoreNetworkArn',
  ] as const;
  const other = others.find((name) => input[name]);
  if (other) throw notSimulated(`routes to ${other}`);
  const given = [GatewayId, NatGatewayId, NetworkInterfaceId, InstanceId].filter((each) => each);
  if (given.length !== 1) {
    throw new AwsFault(
      given.length === 0 ? 'MissingParameter' : 'InvalidParameterCombination',
      'The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, instanceId',
    );
  }
  if (GatewayId) return { GatewayId: gatewayFor(scope, table, GatewayId) };
  if (NatGatewayId) {
    const gateway = natGateways.in(scope).get(NatGatewayId);
    if (!gateway || gateway.State === 'deleted') {
      throw new AwsFault('InvalidNatGatewayID.NotFound', `The natGateway ID '${NatGatewayId}' does not exist`);
    }
    sameNetwork(table, 'NAT gateway', NatGatewayId, gateway.VpcId);
    return { NatGatewayId };
  }
  if (InstanceId) {
    const instance = instances.in(scope).get(InstanceId);
    if (!instance) throw missing.instance(InstanceId);
    sameNetwork(table, 'instance', InstanceId, instance.VpcId);
    const eni = instance.NetworkInterfaces[0]?.NetworkInterfaceId;
    return { InstanceId, InstanceOwnerId: scope.account, ...(eni ? { NetworkInterfaceId: eni } : {}) };
  }
  const eni = networkInterfaces.in(scope).get(NetworkInterfaceId!);
  if (!eni) throw missing.networkInterface(NetworkInterfaceId!);
  sameNetwork(table, 'interface', NetworkInterfaceId!, eni.VpcId);
  return { NetworkInterfaceId: NetworkInterfaceId! };
}

/** The association of an id with the table it is in, or InvalidAssociationID.NotFound. */
export function associationOf(scope: Scope, id: string) {
  for (const table of routeTables.in(scope).values()) {
    const association = table.Associations.find(({ RouteTableAssociationId }) => RouteTableAssociationId === id);
    if (association) return { table, association };
  }
  throw missing.association(id);
}

export const isTo = (route: Destination, destination: Destination): boolean =>
  route.DestinationCidrBlock === destination.DestinationCidrBlock &&
  route.DestinationIpv6CidrBlock === destination.DestinationIpv6CidrBlock &&
  route.DestinationPrefixListId === destination.DestinationPrefixListId;

export const missingRoute = (tableId: string, destination: Destination) =>
  new AwsFault(
    'InvalidRoute.NotFound',
    `no route with destination-cidr-block ${Object.values(destination)[0]} in route table ${tableId}`,
  );

function gatewayFor(scope: Scope, table: RouteTableRow, id: string): string {
  if (id.startsWith('vpce-')) {
    throw new AwsFault(
      'InvalidParameterValue',
      'cannot create or replace a prefix list route targeting a VPC Endpoint.',
    );
  }
  if (id === 'local') return id;
  if (id.startsWith('vgw-')) throw notSimulated('virtual private gateways');
  const gateway = internetGateways.in(scope).get(id);
  if (!gateway) throw missing.internetGateway(id);
  sameNetwork(table, 'network gateway', id, gateway.Attachments[0]?.VpcId);
  return id;
}

function sameNetwork(table: RouteTableRow, kind: string, id: string, vpcId: string | undefined): void {
  if (vpcId !== table.VpcId) {
    throw new AwsFault(
      'InvalidParameterValue',
      `route table ${table.RouteTableId} and ${kind} ${id} belong to different networks`,
    );
  }
}
