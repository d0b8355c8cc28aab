import type { DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { shownRule } from '../change-rules.ts';
import { missing } from '../faults.ts';
import { securityGroupOf } from '../lookups.ts';
import { type Fields, select } from '../select.ts';
import { type RuleRow, rules } from '../state.ts';

const FIELDS: Fields<RuleRow> = {
  'group-id': (rule) => rule.GroupId,
  'security-group-rule-id': (rule) => rule.SecurityGroupRuleId,
};

export const describeSecurityGroupRules: Operation<
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult
> = (input, call) => {
  const { items, NextToken } = select(call, input, {
    rows: () => rules.in(call).values(),
    id: (rule) => rule.SecurityGroupRuleId,
    ids: input.SecurityGroupRuleIds,
    missing: missing.rule,
    fields: FIELDS,
  });
  for (const { Name, Values = [] } of input.Filters ?? []) {
    if (Name === 'group-id') for (const id of Values) if (!id.includes('*')) securityGroupOf(call, id);
  }
  return { SecurityGroupRules: items.map((rule) => shownRule(call, rule)), NextToken };
};
