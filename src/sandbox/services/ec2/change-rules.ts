import type { IpPermission, SecurityGroupRule, TagSpecification } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { lookAgainAtAll } from '../elasticloadbalancing/target-health.ts';
import { missing, missingParameter } from './faults.ts';
import { securityGroupOf } from './lookups.ts';
import { duplicate, isSameRule, rulesFrom } from './permissions.ts';
import { prefixListsOf } from './prefix-lists.ts';
import { revived } from './rows.ts';
import { putRule, type RuleDraft, rulesOf } from './security-group-rules.ts';
import { type RuleRow, rules, securityGroups } from './state.ts';
import { dropTags, putTags, requestedTags, tagsOf } from './tagging.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: rules per group and direction. */
const RULES_PER_GROUP = 60;

export interface RuleRequest {
  GroupId?: string | undefined;
  GroupName?: string | undefined;
  IpPermissions?: IpPermission[] | undefined;
  SecurityGroupRuleIds?: string[] | undefined;
  TagSpecifications?: TagSpecification[] | undefined;
  IpProtocol?: string | undefined;
  FromPort?: number | undefined;
  ToPort?: number | undefined;
  CidrIp?: string | undefined;
  SourceSecurityGroupName?: string | undefined;
}

/** Adds rules, all or none. */
export function authorize(scope: Scope, request: RuleRequest, isEgress: boolean): RuleRow[] {
  const group = groupOf(scope, request);
  const drafts = rulesFrom(scope, group, permissionsOf(request), isEgress);
  const tags = requestedTags(request.TagSpecifications, 'security-group-rule');
  const present: RuleDraft[] = rulesOf(scope, group.GroupId);
  for (const draft of drafts) {
    if (present.some((rule) => isSameRule(rule, draft))) throw duplicate(draft);
    present.push(draft);
  }
  const weight = (rule: RuleDraft) =>
    prefixListsOf(scope.region).find(({ id }) => id === rule.PrefixListId)?.weight ?? 1;
  const total = present.filter((rule) => rule.IsEgress === isEgress).reduce((sum, rule) => sum + weight(rule), 0);
  if (total > RULES_PER_GROUP) {
    throw new AwsFault(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    );
  }
  // Load balancers' health checks pass through these rules.
  lookAgainAtAll(scope);
  return drafts.map((draft) => {
    const row = putRule(scope, draft);
    putTags(scope, row.SecurityGroupRuleId, 'security-group-rule', tags);
    return row;
  });
}

/** Removes rules by their permissions or ids. One that is not there is refused, as in every VPC that is not the default one. */
export function revoke(scope: Scope, request: RuleRequest, isEgress: boolean): RuleRow[] {
  const group = groupOf(scope, request);
  const present = rulesOf(scope, group.GroupId).filter((rule) => rule.IsEgress === isEgress);
  const found = request.SecurityGroupRuleIds?.length
    ? request.SecurityGroupRuleIds.map((id) => {
        const rule = present.find((each) => each.SecurityGroupRuleId === id);
        if (!rule) throw missing.rule(id);
        return rule;
      })
    : rulesFrom(scope, group, permissionsOf(request), isEgress).map((draft) => {
        const rule = present.find((each) => isSameRule(each, draft));
        if (!rule) {
          throw new AwsFault('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
        }
        return rule;
      });
  for (const { SecurityGroupRuleId } of found) {
    dropTags(scope, SecurityGroupRuleId);
    rules.in(scope).delete(SecurityGroupRuleId);
  }
  lookAgainAtAll(scope);
  return found;
}

export const shownRule = (scope: Scope, rule: RuleRow): SecurityGroupRule => ({
  ...revived<SecurityGroupRule>(rule),
  Tags: tagsOf(scope, rule.SecurityGroupRuleId),
});

function groupOf(scope: Scope, { GroupId, GroupName }: RuleRequest) {
  if (GroupId) return securityGroupOf(scope, GroupId);
  if (!GroupName) throw missingParameter('GroupName or GroupId');
  const group = securityGroups
    .in(scope)
    .values()
    .find((each) => each.GroupName === GroupName);
  if (!group) throw missing.securityGroup(GroupName);
  return group;
}

/** Old clients name a single permission by top-level parameters. */
function permissionsOf(request: RuleRequest): IpPermission[] {
  if (request.IpPermissions?.length) return request.IpPermissions;
  if (!request.IpProtocol && !request.SourceSecurityGroupName) throw missingParameter('ipPermissions');
  return [
    {
      IpProtocol: request.IpProtocol ?? '-1',
      FromPort: request.FromPort,
      ToPort: request.ToPort,
      ...(request.CidrIp ? { IpRanges: [{ CidrIp: request.CidrIp }] } : {}),
      ...(request.SourceSecurityGroupName
        ? { UserIdGroupPairs: [{ GroupName: request.SourceSecurityGroupName }] }
        : {}),
    },
  ];
}
