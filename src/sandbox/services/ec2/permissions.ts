import type { IpPermission } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { formatCidr, parseCidr } from './cidr.ts';
import { missing, missingParameter, required } from './faults.ts';
import { prefixListsOf } from './prefix-lists.ts';
import type { RuleDraft } from './security-group-rules.ts';
import { type RuleRow, type SecurityGroupRow, securityGroups } from './state.ts';

const NUMBERS: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmpv6', all: '-1' };
const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/** The rules that permissions stand for: one per source or destination. Throws what EC2 throws for malformed ones. */
export function rulesFrom(
  scope: Scope,
  group: SecurityGroupRow,
  permissions: readonly IpPermission[],
  isEgress: boolean,
): RuleDraft[] {
  return permissions.flatMap((permission) => {
    const ports = portsOf(permission);
    const draft = (rest: Partial<RuleDraft>, description: string | undefined): RuleDraft => {
      checkDescription(description);
      return {
        GroupId: group.GroupId,
        IsEgress: isEgress,
        ...ports,
        ...rest,
        ...(description ? { Description: description } : {}),
      };
    };
    const drafts = [
      ...(permission.IpRanges ?? []).map(({ CidrIp, Description }) => draft({ CidrIpv4: cidrOf(CidrIp) }, Description)),
      ...(permission.Ipv6Ranges ?? []).map(({ CidrIpv6, Description }) =>
        draft({ CidrIpv6: cidr6Of(CidrIpv6) }, Description),
      ),
      ...(permission.PrefixListIds ?? []).map(({ PrefixListId, Description }) =>
        draft({ PrefixListId: prefixListOf(scope, PrefixListId) }, Description),
      ),
      ...(permission.UserIdGroupPairs ?? []).map(({ GroupId, GroupName, Description }) =>
        draft({ ReferencedGroupInfo: peerOf(scope, group, GroupId, GroupName) }, Description),
      ),
    ];
    if (drafts.length === 0) throw missingParameter('ipRanges');
    return drafts;
  });
}

/** Whether two rules let the same packets through; descriptions do not count. */
export const isSameRule = (a: RuleDraft, b: RuleDraft): boolean => ruleKey(a) === ruleKey(b);

const ruleKey = (rule: RuleDraft): string =>
  JSON.stringify([
    rule.IsEgress,
    rule.IpProtocol,
    rule.FromPort,
    rule.ToPort,
    rule.CidrIpv4,
    rule.CidrIpv6,
    rule.PrefixListId,
    rule.ReferencedGroupInfo?.GroupId,
  ]);

export function duplicate(rule: RuleDraft): AwsFault {
  const peer = rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId;
  const words = rule.IpProtocol === '-1' ? 'ALL' : `${rule.IpProtocol.toUpperCase()}, ${portWords(rule)}`;
  return new AwsFault(
    'InvalidPermission.Duplicate',
    `the specified rule "peer: ${peer}, ${words}, ALLOW" already exists`,
  );
}

/** Rules put together again as DescribeSecurityGroups shows them: one permission per protocol and port range. */
export function permissionsFrom(rows: readonly RuleRow[]): IpPermission[] {
  const permissions = new Map<string, IpPermission>();
  for (const rule of rows) {
    const key = `${rule.IpProtocol} ${rule.FromPort} ${rule.ToPort}`;
    const permission = permissions.get(key) ?? {
      IpProtocol: rule.IpProtocol,
      ...(rule.IpProtocol === '-1' ? {} : { FromPort: rule.FromPort, ToPort: rule.ToPort }),
      IpRanges: [],
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    };
    permissions.set(key, permission);
    const description = rule.Description ? { Description: rule.Description } : {};
    if (rule.CidrIpv4) permission.IpRanges!.push({ CidrIp: rule.CidrIpv4, ...description });
    if (rule.CidrIpv6) permission.Ipv6Ranges!.push({ CidrIpv6: rule.CidrIpv6, ...description });
    if (rule.PrefixListId) permission.PrefixListIds!.push({ PrefixListId: rule.PrefixListId, ...description });
    if (rule.ReferencedGroupInfo) {
      permission.UserIdGroupPairs!.push({
        GroupId: rule.ReferencedGroupInfo.GroupId,
        UserId: rule.ReferencedGroupInfo.UserId,
        ...description,
      });
    }
  }
  return [...permissions.values()];
}

export function checkDescription(description: string | undefined): void {
  if (description !== undefined && !DESCRIPTION.test(description)) {
    throw new AwsFault(
      'InvalidParameterValue',
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    );
  }
}

function portsOf({ IpProtocol, FromPort, ToPort }: IpPermission): Pick<RuleRow, 'IpProtocol' | 'FromPort' | 'ToPort'> {
  const given = required(IpProtocol, 'ipProtocol').toLowerCase();
  const protocol = NUMBERS[given] ?? given;
  if (protocol === '-1') return { IpProtocol: '-1', FromPort: -1, ToPort: -1 };
  if (protocol === 'icmp' || protocol === 'icmpv6') {
    return { IpProtocol: protocol, FromPort: FromPort ?? -1, ToPort: ToPort ?? -1 };
  }
  if (protocol === 'tcp' || protocol === 'udp') {
    if (FromPort === undefined || ToPort === undefined) {
      throw new AwsFault(
        'InvalidParameterValue',
        "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
      );
    }
    const outside = [FromPort, ToPort].find((port) => port < 0 || port > 65_535);
    if (outside !== undefined) {
      throw new AwsFault('InvalidParameterValue', `TCP/UDP port (${outside}) out of range`);
    }
    if (FromPort > ToPort) {
      throw new AwsFault('InvalidParameterValue', `Invalid TCP/UDP port range (${FromPort}:${ToPort})`);
    }
    return { IpProtocol: protocol, FromPort, ToPort };
  }
  if (/^\d+$/.test(protocol) && Number(protocol) <= 255) return { IpProtocol: protocol, FromPort: -1, ToPort: -1 };
  throw new AwsFault(
    'InvalidPermission.Malformed',
    `Unsupported IP protocol "${IpProtocol}"  - supported: [tcp(6), udp(17), icmp(1), icmpv6(58), or any protocol number]`,
  );
}

function cidrOf(text: string | undefined): string {
  const block = parseCidr(required(text, 'cidrIp'));
  if (!block) throw new AwsFault('InvalidParameterValue', `CIDR block ${text} is malformed`);
  return formatCidr(block);
}

function cidr6Of(text: string | undefined): string {
  if (!/^[0-9a-f:]*:[0-9a-f:.]*\/\d{1,3}$/i.test(required(text, 'cidrIpv6'))) {
    throw new AwsFault('InvalidParameterValue', `CIDR block ${text} is malformed`);
  }
  return text!.toLowerCase();
}

function prefixListOf(scope: Scope, id: string | undefined): string {
  if (!prefixListsOf(scope.region).some((list) => list.id === id)) {
    throw new AwsFault('InvalidPrefixListID.NotFound', `The prefix list ID '${id}' does not exist`);
  }
  return id!;
}

function peerOf(scope: Scope, group: SecurityGroupRow, id: string | undefined, name: string | undefined) {
  const peer = id
    ? securityGroups.in(scope).get(id)
    : securityGroups
        .in(scope)
        .values()
        .find(({ GroupName, VpcId }) => GroupName === name && VpcId === group.VpcId);
  if (!peer) throw missing.securityGroup(id ?? name ?? '');
  if (peer.VpcId !== group.VpcId) {
    throw new AwsFault('InvalidGroup.NotFound', `You have specified two resources that belong to different networks.`);
  }
  return { GroupId: peer.GroupId, UserId: scope.account };
}

function portWords({ IpProtocol, FromPort, ToPort }: RuleDraft): string {
  const shown = (port: number | undefined) => (port === -1 ? 'ALL' : port);
  if (IpProtocol.startsWith('icmp')) return `type: ${shown(FromPort)}, code: ${shown(ToPort)}`;
  return `from port: ${FromPort}, to port: ${ToPort}`;
}
