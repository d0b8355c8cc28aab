import type { DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult } from '@aws-sdk/client-ec2';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { permissionsFrom } from '../permissions.ts';
import { type RuleDraft, rulesOf } from '../security-group-rules.ts';
import { type Fields, select } from '../select.ts';
import { type SecurityGroupRow, securityGroups } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const ofRules =
  (scope: Scope, isEgress: boolean, value: (rule: RuleDraft) => string | number | undefined) =>
  ({ GroupId }: SecurityGroupRow) =>
    rulesOf(scope, GroupId)
      .filter((rule) => rule.IsEgress === isEgress)
      .map(value);

const ruleFields = (scope: Scope, prefix: string, isEgress: boolean): Fields<SecurityGroupRow> => ({
  [`${prefix}.cidr`]: ofRules(scope, isEgress, ({ CidrIpv4 }) => CidrIpv4),
  [`${prefix}.from-port`]: ofRules(scope, isEgress, ({ FromPort }) => FromPort),
  [`${prefix}.to-port`]: ofRules(scope, isEgress, ({ ToPort }) => ToPort),
  [`${prefix}.protocol`]: ofRules(scope, isEgress, ({ IpProtocol }) => IpProtocol),
  [`${prefix}.group-id`]: ofRules(scope, isEgress, ({ ReferencedGroupInfo }) => ReferencedGroupInfo?.GroupId),
  [`${prefix}.prefix-list-id`]: ofRules(scope, isEgress, ({ PrefixListId }) => PrefixListId),
});

const fields = (scope: Scope): Fields<SecurityGroupRow> => ({
  description: (group) => group.Description,
  'group-id': (group) => group.GroupId,
  'group-name': (group) => group.GroupName,
  'owner-id': (group) => group.OwnerId,
  'vpc-id': (group) => group.VpcId,
  ...ruleFields(scope, 'ip-permission', false),
  ...ruleFields(scope, 'egress.ip-permission', true),
});

export const describeSecurityGroups: Operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult> = (
  input,
  call,
) => {
  const { items, NextToken } = select(call, input, {
    rows: () =>
      securityGroups
        .in(call)
        .values()
        .filter((group) => !input.GroupNames?.length || input.GroupNames.includes(group.GroupName)),
    id: (group) => group.GroupId,
    ids: input.GroupIds,
    missing: missing.securityGroup,
    fields: fields(call),
  });
  const absent = input.GroupNames?.find((name) => !items.some(({ GroupName }) => GroupName === name));
  if (absent !== undefined) throw missing.securityGroup(absent);
  return {
    SecurityGroups: items.map((row) => {
      const all = rulesOf(call, row.GroupId);
      return {
        ...row,
        IpPermissions: permissionsFrom(all.filter(({ IsEgress }) => !IsEgress)),
        IpPermissionsEgress: permissionsFrom(all.filter(({ IsEgress }) => IsEgress)),
        Tags: tagsOf(call, row.GroupId),
      };
    }),
    NextToken,
  };
};
