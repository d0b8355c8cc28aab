import type { Scope } from '../../kernel/scope.ts';
import { contains, parseAddress, parseCidr } from './cidr.ts';
import { rulesOf } from './security-group-rules.ts';
import { type NetworkInterfaceRow, networkInterfaces, type RuleRow } from './state.ts';

/** The interface that has a private address in a VPC. */
export const interfaceAt = (scope: Scope, vpcId: string, address: string): NetworkInterfaceRow | undefined =>
  networkInterfaces
    .in(scope)
    .values()
    .find((row) => row.VpcId === vpcId && row.PrivateIpAddress === address);

/** Whether security groups let a TCP connection through: out of the one interface and into the other. */
export function letsThrough(
  scope: Scope,
  { from, to, port }: { from: NetworkInterfaceRow; to: NetworkInterfaceRow; port: number },
): boolean {
  return allows(scope, from, to, port, true) && allows(scope, to, from, port, false);
}

function allows(
  scope: Scope,
  owner: NetworkInterfaceRow,
  peer: NetworkInterfaceRow,
  port: number,
  isEgress: boolean,
): boolean {
  return owner.Groups.some(({ GroupId }) =>
    rulesOf(scope, GroupId!).some((rule) => rule.IsEgress === isEgress && isFor(rule, peer, port)),
  );
}

function isFor(rule: RuleRow, peer: NetworkInterfaceRow, port: number): boolean {
  const protocolFits =
    rule.IpProtocol === '-1' || (rule.IpProtocol === 'tcp' && rule.FromPort! <= port && port <= rule.ToPort!);
  if (!protocolFits) return false;
  if (rule.ReferencedGroupInfo) return peer.Groups.some(({ GroupId }) => GroupId === rule.ReferencedGroupInfo?.GroupId);
  const block = rule.CidrIpv4 ? parseCidr(rule.CidrIpv4) : undefined;
  const address = parseAddress(peer.PrivateIpAddress)!;
  return block !== undefined && contains(block, { first: address, last: address, prefix: 32 });
}
