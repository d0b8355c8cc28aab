import type { Scope } from '../../../kernel/scope.ts';
import { internetRouteOf } from '../../ec2/lookups.ts';
import { letsThrough } from '../../ec2/reachability.ts';
import {
  type NetworkInterfaceRow,
  networkInterfaces,
  type RuleRow,
  rules,
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
  return reachesInternet(scope, task) || endpointTakes(scope, eni, service);
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

function endpointTakes(scope: Scope, from: NetworkInterfaceRow, service: string): boolean {
  return vpcEndpoints
    .in(scope)
    .values()
    .filter(({ VpcId, ServiceName }) => VpcId === from.VpcId && ServiceName.endsWith(`.${service}`))
    .some(({ VpcEndpointType, PrivateDnsEnabled, NetworkInterfaceIds }) => {
      if (VpcEndpointType === 'Gateway') return wayOut(scope, from).length > 0;
      const doors = NetworkInterfaceIds.map((id) => networkInterfaces.in(scope).get(id)).filter(
        (row) => row !== undefined,
      );
      return (PrivateDnsEnabled ?? true) && doors.some((to) => letsThrough(scope, { from, to, port: HTTPS }));
    });
}
