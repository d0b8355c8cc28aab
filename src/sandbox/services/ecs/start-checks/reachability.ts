import type { Scope } from '../../../kernel/scope.ts';
import { internetRouteOf } from '../../ec2/lookups.ts';
import { networkInterfaces, type RuleRow, rules, subnets, vpcEndpoints } from '../../ec2/state.ts';
import type { TaskRow } from '../state.ts';

const HTTPS = 443;

/**
 * Whether a task can open a connection to a service of AWS: out of its security groups, and then over an interface
 * endpoint with private DNS, a gateway endpoint on its route table, or the internet.
 * `service` as in endpoint names: `ecr.api`, `ecr.dkr`, `s3`, `logs`, `secretsmanager`, `ssm`.
 */
export function reaches(scope: Scope, task: TaskRow, service: string): boolean {
  const wire = wireOf(scope, task);
  // A task without an interface stands in no network of this sandbox: nothing can be said against it.
  if (!wire) return true;
  if (!wire.mayLeave) return false;
  return reachesInternet(scope, task) || endpointTakes(scope, wire, service);
}

/** Whether a task can open connections to the internet: a public address where an internet gateway routes, or NAT. */
export function reachesInternet(scope: Scope, task: TaskRow): boolean {
  const wire = wireOf(scope, task);
  if (!wire) return true;
  const route = internetRouteOf(scope, wire.subnetId);
  return wire.mayLeave && (route === 'nat' || (route === 'internet-gateway' && task.network.assignPublicIp));
}

interface Wire {
  subnetId: string;
  vpcId: string;
  address: string;
  groups: string[];
  mayLeave: boolean;
}

function wireOf(scope: Scope, task: TaskRow): Wire | undefined {
  const eni = networkInterfaces.in(scope).get(task.networkInterfaceId ?? '');
  if (!eni || !subnets.in(scope).has(eni.SubnetId)) return undefined;
  const groups = eni.Groups.map(({ GroupId }) => GroupId!);
  const mayLeave = rules
    .in(scope)
    .values()
    .some((rule) => rule.IsEgress && groups.includes(rule.GroupId) && covers(rule));
  return { subnetId: eni.SubnetId, vpcId: eni.VpcId, address: eni.PrivateIpAddress, groups, mayLeave };
}

function endpointTakes(scope: Scope, wire: Wire, service: string): boolean {
  return vpcEndpoints
    .in(scope)
    .values()
    .filter(({ VpcId, ServiceName }) => VpcId === wire.vpcId && ServiceName.endsWith(`.${service}`))
    .some(({ VpcEndpointType, PrivateDnsEnabled, Groups }) => {
      if (VpcEndpointType === 'Gateway') return true;
      const ids = Groups.map(({ GroupId }) => GroupId);
      const open = rules
        .in(scope)
        .values()
        .some((rule) => !rule.IsEgress && ids.includes(rule.GroupId) && covers(rule) && admits(rule, wire));
      return (PrivateDnsEnabled ?? true) && open;
    });
}

const covers = ({ IpProtocol, FromPort, ToPort }: RuleRow): boolean =>
  IpProtocol === '-1' || (IpProtocol === 'tcp' && (FromPort ?? 0) <= HTTPS && HTTPS <= (ToPort ?? 65_535));

function admits({ CidrIpv4, ReferencedGroupInfo, PrefixListId }: RuleRow, { address, groups }: Wire): boolean {
  if (ReferencedGroupInfo?.GroupId) return groups.includes(ReferencedGroupInfo.GroupId);
  if (!CidrIpv4) return PrefixListId !== undefined;
  const [network, bits] = CidrIpv4.split('/');
  const mask = Number(bits) === 0 ? 0 : (-1 << (32 - Number(bits))) >>> 0;
  return (toNumber(network!) & mask) >>> 0 === (toNumber(address) & mask) >>> 0;
}

const toNumber = (address: string): number =>
  address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
