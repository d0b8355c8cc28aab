import type {
  IpPermission,
  ModifySecurityGroupRulesRequest,
  ModifySecurityGroupRulesResult,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, required } from '../faults.ts';
import { securityGroupOf } from '../lookups.ts';
import { duplicate, isSameRule, rulesFrom } from '../permissions.ts';
import { rulesOf } from '../security-group-rules.ts';
import { rules } from '../state.ts';

export const modifySecurityGroupRules: Operation<ModifySecurityGroupRulesRequest, ModifySecurityGroupRulesResult> = (
  input,
  call,
) => {
  const group = securityGroupOf(call, required(input.GroupId, 'groupId'));
  for (const { SecurityGroupRuleId = '', SecurityGroupRule = {} } of input.SecurityGroupRules ?? []) {
    const before = rulesOf(call, group.GroupId).find((rule) => rule.SecurityGroupRuleId === SecurityGroupRuleId);
    if (!before) throw missing.rule(SecurityGroupRuleId);
    const [draft] = rulesFrom(call, group, [permissionOf(SecurityGroupRule)], before.IsEgress);
    const others = rulesOf(call, group.GroupId).filter((rule) => rule.SecurityGroupRuleId !== SecurityGroupRuleId);
    if (others.some((rule) => isSameRule(rule, draft!))) throw duplicate(draft!);
    const { SecurityGroupRuleArn, GroupOwnerId } = before;
    rules.in(call).put(SecurityGroupRuleId, { ...draft!, SecurityGroupRuleId, SecurityGroupRuleArn, GroupOwnerId });
  }
  return { Return: true };
};

const permissionOf = (rule: SecurityGroupRuleRequest): IpPermission => ({
  IpProtocol: rule.IpProtocol,
  FromPort: rule.FromPort,
  ToPort: rule.ToPort,
  IpRanges: rule.CidrIpv4 ? [{ CidrIp: rule.CidrIpv4, Description: rule.Description }] : [],
  Ipv6Ranges: rule.CidrIpv6 ? [{ CidrIpv6: rule.CidrIpv6, Description: rule.Description }] : [],
  PrefixListIds: rule.PrefixListId ? [{ PrefixListId: rule.PrefixListId, Description: rule.Description }] : [],
  UserIdGroupPairs: rule.ReferencedGroupId ? [{ GroupId: rule.ReferencedGroupId, Description: rule.Description }] : [],
});
