import type { Scope } from '../../../kernel/scope.ts';
import { internetRouteOf, routeTableOfSubnet } from '../../ec2/lookups.ts';
import { letsThrough } from '../../ec2/reachability.ts';
import {
  type NetworkInterfaceRow,
  networkInterfaces,
  type RuleRow,
  rules,
  type VpcEndpointRow,
  vpcEndpoints,
  vpcs,
} from '../../ec2/state.ts';
import type { TaskRow } from '../state.ts';

const HTTPS = 443;

/**
 * Whether a task can open a connection to a service of AWS: by name, out of its security groups, and then over an
 * interface endpoint with private DNS, a gateway endpoint, or the internet.
 * `service` as in endpoint names: `ecr.api`, `ecr.dkr`, `s3`, `logs`, `secretsmanager`, `ssm`.
 */
export function reaches(scope: Scope, task: TaskRow, service: string): boolean {
  const eni = interfaceOf(scope, task);
  // A task without an interface stands in no network of this sandbox: nothing can be said against it.
  if (!eni) return true;
  if (vpcs.in(scope).get(eni.VpcId)?.EnableDnsSupport === false) return false;
  const vpc = vpcs.in(scope).get(eni.VpcId);
  const doors = vpcEndpoints
    .in(scope)
    .values()
    .filter(({ VpcId, ServiceName }) => VpcId === eni.VpcId && ServiceName.endsWith(`.${service}`));
  // The private name of an interface endpoint goes before every other way, also where there is a NAT gateway.
  const named = doors.filter(
    ({ VpcEndpointType, PrivateDnsEnabled }) =>
      VpcEndpointType !== 'Gateway' && (PrivateDnsEnabled ?? true) && vpc?.EnableDnsHostnames !== false,
  );
  if (named.length > 0) return named.some((door) => takes(scope, eni, door));
  return (
    reachesInternet(scope, task) || doors.some((door) => door.VpcEndpointType === 'Gateway' && takes(scope, eni, door))
  );
}

/** Whether a task can open connections to the internet: a public address where an internet gateway routes, or NAT. */
export function reachesInternet(scope: Scope, task: TaskRow): boolean {
  const eni = interfaceOf(scope, task);
  if (!eni) return true;
  const route = internetRouteOf(scope, eni.SubnetId);
  const routed = route === 'nat' || (route === 'internet-gateway' && task.network.assignPublicIp);
  return routed && wayOut(scope, eni).some(({ CidrIpv4 }) => CidrIpv4 === '0.0.0.0/0');
}

const interfaceOf = (scope: Scope, task: TaskRow): NetworkInterfaceRow | undefined =>
  networkInterfaces.in(scope).get(task.networkInterfaceId ?? '');

/** The rules that let HTTPS out of an interface. */
function wayOut(scope: Scope, { Groups }: NetworkInterfaceRow): RuleRow[] {
  const groups = Groups.map(({ GroupId }) => GroupId!);
  return rules
    .in(scope)
    .values()
    .filter(({ IsEgress, GroupId }) => IsEgress && groups.includes(GroupId))
    .filter(
      ({ IpProtocol, FromPort, ToPort }) =>
        IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort! <= HTTPS && HTTPS <= ToPort!),
    );
}

/** Whether an endpoint is open to a task: a gateway where its table leads there, an interface by its groups. */
function takes(scope: Scope, from: NetworkInterfaceRow, endpoint: VpcEndpointRow): boolean {
  if (endpoint.VpcEndpointType === 'Gateway')
    return (
      endpoint.RouteTableIds.includes(routeTableOfSubnet(scope, from.SubnetId).RouteTableId) &&
      wayOut(scope, from).length > 0
    );
  return endpoint.NetworkInterfaceIds.flatMap((id) => networkInterfaces.in(scope).get(id) ?? []).some((to) =>
    letsThrough(scope, { from, to, port: HTTPS }),
  );
}
