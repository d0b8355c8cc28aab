import type { NatGateway, Route, VpcEndpoint } from '@aws-sdk/client-ec2';
import { seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { type BrokenHop, tableOf, type Vicinity } from './hop.ts';

interface Wanted {
  service: string;
  /** That of the service, when its names do not lead there. */
  endpoint: VpcEndpoint | undefined;
  endpoints: readonly VpcEndpoint[] | undefined;
}

/** What keeps a task from the internet; undefined: nothing that was seen, or a gateway of others behind which we do not look. */
export function internetHop(vicinity: Vicinity, wanted: Wanted): BrokenHop | undefined {
  const { table, path } = vicinity;
  if (!table) return undefined;
  const route = defaultRouteOf(table.Routes);
  if (!route) return noRoute(vicinity, wanted);
  if (route.NatGatewayId) return natHop(vicinity, route);
  if (route.State === 'blackhole') return blackhole(vicinity, route);
  if (route.GatewayId?.startsWith('igw-') && !path.place.publicIp)
    return {
      hop: 'public-address',
      what: `subnet ${path.place.subnet} leads to the internet gateway ${route.GatewayId}, and its tasks have no public address to use it`,
      evidence: evidenceOf(
        'ecs:DescribeServices',
        'services[0].networkConfiguration.awsvpcConfiguration.assignPublicIp',
        'DISABLED',
      ),
      remedy: vicinity.foreign
        ? 'name private subnets that lead to a NAT gateway in network.existing.privateSubnets, then platform deploy'
        : `platform deploy ${vicinity.flags} puts tasks where they have a way out`,
    };
  return undefined;
}

const defaultRouteOf = (routes: readonly Route[] = []): Route | undefined =>
  routes.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');

/** No way to the internet: wanted so where there are endpoints, and then one is missing. */
function noRoute(vicinity: Vicinity, { service, endpoint, endpoints }: Wanted): BrokenHop {
  const { table, path, vpc, foreign, natWanted, flags } = vicinity;
  const { subnet } = path.place;
  const names = (endpoints ?? []).map(({ ServiceName = '' }) => ServiceName.split('.').slice(3).join('.'));
  const configured = `add ${service} to network.endpoints in platform.yaml, then platform deploy ${flags}`;
  if (endpoint)
    return {
      hop: 'endpoint-dns',
      what: `the names of ${service} do not lead to endpoint ${endpoint.VpcEndpointId}, and subnet ${subnet} has no way to the internet`,
      evidence:
        endpoint.VpcEndpointType === 'Gateway'
          ? evidenceOf('ec2:DescribeVpcEndpoints', 'VpcEndpoints[0].RouteTableIds', endpoint.RouteTableIds ?? [])
          : evidenceOf('ec2:DescribeVpcEndpoints', 'VpcEndpoints[0].PrivateDnsEnabled', endpoint.PrivateDnsEnabled),
      remedy:
        endpoint.VpcEndpointType === 'Gateway'
          ? `aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpoint.VpcEndpointId} --add-route-table-ids ${table?.RouteTableId}`
          : `aws ec2 modify-vpc-attribute --vpc-id ${vpc} --enable-dns-hostnames, and aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${endpoint.VpcEndpointId} --private-dns-enabled`,
    };
  if (names.length > 0)
    return {
      hop: 'endpoint-missing',
      what: `${vpc} has no endpoint of ${service} (it has ${names.join(', ')}), and subnet ${subnet} no way to the internet`,
      evidence: evidenceOf('ec2:DescribeVpcEndpoints', 'VpcEndpoints[].ServiceName', names),
      remedy: foreign ? `ask who owns ${vpc} for an endpoint of ${service} in it` : configured,
    };
  const nat = seen(path.nats)?.find(({ State }) => State === 'available');
  return {
    hop: 'route',
    what: `subnet ${subnet} has no route to the internet, and ${vpc} no endpoint of ${service}`,
    evidence: evidenceOf(
      'ec2:DescribeRouteTables',
      `RouteTables[${table?.RouteTableId}].Routes[].DestinationCidrBlock`,
      (table?.Routes ?? []).map((one) => one.DestinationCidrBlock ?? one.DestinationPrefixListId),
    ),
    remedy: natWanted
      ? remake(flags)
      : nat
        ? `aws ec2 create-route --route-table-id ${table?.RouteTableId} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${nat.NatGatewayId}`
        : foreign
          ? `ask who owns ${vpc} for a default route of ${table?.RouteTableId} to a NAT gateway`
          : `set network.nat: { gateways: 1 }, or ${configured}`,
  };
}

function natHop(vicinity: Vicinity, { NatGatewayId: id = '', State }: Route): BrokenHop | undefined {
  const { path, table } = vicinity;
  const nats = seen(path.nats);
  const nat = nats?.find(({ NatGatewayId }) => NatGatewayId === id);
  if (State === 'blackhole' || (nats && nat?.State !== 'available'))
    return { ...goneNat(vicinity, id, nats), evidence: natRead(id, nat, State, table?.RouteTableId) };
  const tables = seen(path.tables) ?? [];
  const beyond = nat?.SubnetId === undefined ? undefined : tableOf(tables, nat.SubnetId);
  const out = beyond && defaultRouteOf(beyond.Routes);
  if (!beyond || (out && out.State !== 'blackhole')) return undefined;
  return {
    hop: 'nat-route',
    what: `NAT gateway ${id} stands in subnet ${nat?.SubnetId}, which has no way to the internet itself`,
    evidence: evidenceOf(
      'ec2:DescribeRouteTables',
      `RouteTables[${beyond.RouteTableId}].Routes[DestinationCidrBlock=0.0.0.0/0].State`,
      out?.State,
    ),
    remedy: `give ${beyond.RouteTableId} a route of 0.0.0.0/0 to an internet gateway: aws ec2 create-route --route-table-id ${beyond.RouteTableId} --destination-cidr-block 0.0.0.0/0 --gateway-id <internet gateway of ${vicinity.vpc}>`,
  };
}

const natRead = (id: string, nat: NatGateway | undefined, state: string | undefined, table: string | undefined) =>
  nat
    ? evidenceOf('ec2:DescribeNatGateways', `NatGateways[${id}].State`, nat.State)
    : evidenceOf(
        'ec2:DescribeRouteTables',
        `RouteTables[${table}].Routes[DestinationCidrBlock=0.0.0.0/0].State`,
        state,
      );

function goneNat(
  { table, path, natWanted, vpc, flags }: Vicinity,
  id: string,
  nats: readonly NatGateway[] | undefined,
): Omit<BrokenHop, 'evidence'> {
  const other = nats?.find(({ State }) => State === 'available');
  return {
    hop: 'nat',
    what: `subnet ${path.place.subnet} leads to NAT gateway ${id}, which is gone or does not work`,
    remedy: natWanted
      ? remake(flags)
      : other
        ? `aws ec2 replace-route --route-table-id ${table?.RouteTableId} --destination-cidr-block 0.0.0.0/0 --nat-gateway-id ${other.NatGatewayId}`
        : `ask who owns ${vpc} for a NAT gateway, and for a route of ${table?.RouteTableId} to it`,
  };
}

function blackhole({ table, path }: Vicinity, route: Route): BrokenHop {
  const { State, GatewayId, NetworkInterfaceId, InstanceId, TransitGatewayId } = route;
  const target = GatewayId ?? NetworkInterfaceId ?? InstanceId ?? TransitGatewayId ?? 'nothing';
  return {
    hop: 'route',
    what: `subnet ${path.place.subnet} leads to ${target}, which is not there any more`,
    evidence: evidenceOf(
      'ec2:DescribeRouteTables',
      `RouteTables[${table?.RouteTableId}].Routes[DestinationCidrBlock=0.0.0.0/0].State`,
      State,
    ),
    remedy: `aws ec2 replace-route --route-table-id ${table?.RouteTableId} --destination-cidr-block 0.0.0.0/0 with a gateway that is there`,
  };
}

/** A stack that stands makes again what was deleted behind its back (F-19); a deployment would not see it. */
const remake = (flags: string): string => `platform recover network ${flags}`;
