import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { covers } from '../../domain/ipv4-range.ts';

export interface Peer {
  /** An address range, `0.0.0.0/0` for the internet. */
  cidr?: string;
  groups?: readonly string[];
}

/** The rules of these groups in one direction that are for a TCP port. */
const rulesFor = (
  rules: readonly SecurityGroupRule[],
  { groups, egress, port }: { groups: readonly string[]; egress: boolean; port: number },
): SecurityGroupRule[] =>
  rules.filter(
    ({ GroupId, IsEgress, IpProtocol, FromPort = 0, ToPort = 65_535 }) =>
      groups.includes(GroupId ?? '') &&
      IsEgress === egress &&
      (IpProtocol === '-1' || (['tcp', '6'].includes(IpProtocol ?? '') && FromPort <= port && port <= ToPort)),
  );

/**
 * Whether groups let a connection to or from a peer through. A prefix list is taken to hold the peer: which addresses
 * it has is not looked up, and nobody is to be blamed for what was not seen.
 */
export function letsThrough(
  rules: readonly SecurityGroupRule[],
  { groups, egress, port, peer }: { groups: readonly string[]; egress: boolean; port: number; peer: Peer },
): boolean {
  return rulesFor(rules, { groups, egress, port }).some(
    ({ CidrIpv4, ReferencedGroupInfo, PrefixListId }) =>
      PrefixListId !== undefined ||
      (ReferencedGroupInfo && peer.groups?.includes(ReferencedGroupInfo.GroupId ?? '')) ||
      (CidrIpv4 !== undefined && peer.cidr !== undefined && covers(CidrIpv4, peer.cidr)),
  );
}

/** Rules as people read them: `tcp 443 to 0.0.0.0/0`. */
export const rulesText = (
  rules: readonly SecurityGroupRule[],
  { groups, egress }: { groups: readonly string[]; egress: boolean },
): string =>
  rules
    .filter(({ GroupId, IsEgress }) => groups.includes(GroupId ?? '') && IsEgress === egress)
    .map(({ IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, ReferencedGroupInfo, PrefixListId }) => {
      const ports = IpProtocol === '-1' ? 'all' : `${IpProtocol} ${FromPort}${ToPort === FromPort ? '' : `-${ToPort}`}`;
      const peer = CidrIpv4 ?? CidrIpv6 ?? ReferencedGroupInfo?.GroupId ?? PrefixListId;
      return `${ports} ${egress ? 'to' : 'from'} ${peer}`;
    })
    .join(', ') || 'none';
