import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Properties } from '../../../kernel/resource-provider.ts';
import { asNumber } from './property-values.ts';

/** A rule as templates write it, as a permission of EC2's API. */
export function permissionFrom(rule: Properties, direction: 'ingress' | 'egress'): IpPermission {
  const description = rule.Description === undefined ? {} : { Description: String(rule.Description) };
  const groupId = direction === 'ingress' ? rule.SourceSecurityGroupId : rule.DestinationSecurityGroupId;
  const groupName = direction === 'ingress' ? rule.SourceSecurityGroupName : undefined;
  const prefixListId = direction === 'ingress' ? rule.SourcePrefixListId : rule.DestinationPrefixListId;
  return {
    IpProtocol: String(rule.IpProtocol),
    FromPort: asNumber(rule.FromPort),
    ToPort: asNumber(rule.ToPort),
    ...(rule.CidrIp ? { IpRanges: [{ CidrIp: rule.CidrIp, ...description }] } : {}),
    ...(rule.CidrIpv6 ? { Ipv6Ranges: [{ CidrIpv6: rule.CidrIpv6, ...description }] } : {}),
    ...(prefixListId ? { PrefixListIds: [{ PrefixListId: prefixListId, ...description }] } : {}),
    ...(groupId || groupName
      ? {
          UserIdGroupPairs: [groupId ? { GroupId: groupId, ...description } : { GroupName: groupName, ...description }],
        }
      : {}),
  };
}
