import type { Scope } from '../../kernel/scope.ts';
import { freshId } from './ids.ts';
import { type RuleRow, rules } from './state.ts';

/** Everything about a rule but its id. */
export type RuleDraft = Omit<RuleRow, 'SecurityGroupRuleId' | 'SecurityGroupRuleArn' | 'GroupOwnerId'>;

export function putRule(scope: Scope, draft: RuleDraft): RuleRow {
  const id = freshId('sgr');
  return rules.in(scope).put(id, {
    ...draft,
    SecurityGroupRuleId: id,
    SecurityGroupRuleArn: `arn:aws:ec2:${scope.region}:${scope.account}:security-group-rule/${id}`,
    GroupOwnerId: scope.account,
  });
}

export const rulesOf = (scope: Scope, groupId: string): RuleRow[] =>
  rules
    .in(scope)
    .values()
    .filter((rule) => rule.GroupId === groupId);

/** What a new group may do: send anything anywhere. */
export const allowAllEgress = (scope: Scope, groupId: string): RuleRow =>
  putRule(scope, {
    GroupId: groupId,
    IsEgress: true,
    IpProtocol: '-1',
    FromPort: -1,
    ToPort: -1,
    CidrIpv4: '0.0.0.0/0',
  });

/** What the default group of a VPC has: its members reach each other. */
export const allowFromItself = (scope: Scope, groupId: string): RuleRow =>
  putRule(scope, {
    GroupId: groupId,
    IsEgress: false,
    IpProtocol: '-1',
    FromPort: -1,
    ToPort: -1,
    ReferencedGroupInfo: { GroupId: groupId, UserId: scope.account },
  });
