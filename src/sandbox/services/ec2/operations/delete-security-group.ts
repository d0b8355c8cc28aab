import type { DeleteSecurityGroupRequest, DeleteSecurityGroupResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, missingParameter } from '../faults.ts';
import { interfacesWithGroup, securityGroupOf } from '../lookups.ts';
import { rulesOf } from '../security-group-rules.ts';
import { rules, securityGroups } from '../state.ts';
import { dropTags } from '../tagging.ts';

/** Refused while an interface wears the group or a rule of another group names it. */
export const deleteSecurityGroup: Operation<DeleteSecurityGroupRequest, DeleteSecurityGroupResult> = (input, call) => {
  const id = input.GroupId ?? idOf(input.GroupName);
  if (!id.startsWith('sg-')) {
    throw new AwsFault('InvalidGroupId.Malformed', `Invalid id: "${id}" (expecting "sg-...")`);
  }
  const group = securityGroupOf(call, id);
  if (group.GroupName === 'default') {
    throw new AwsFault('CannotDelete', `the specified group: "${id}" name: "default" cannot be deleted by a user`);
  }
  const isNamed = rules
    .in(call)
    .values()
    .some((rule) => rule.GroupId !== id && rule.ReferencedGroupInfo?.GroupId === id);
  if (isNamed || interfacesWithGroup(call, id).length > 0) {
    throw new AwsFault('DependencyViolation', `resource ${id} has a dependent object`);
  }
  for (const { SecurityGroupRuleId } of rulesOf(call, id)) {
    dropTags(call, SecurityGroupRuleId);
    rules.in(call).delete(SecurityGroupRuleId);
  }
  dropTags(call, id);
  securityGroups.in(call).delete(id);
  return { Return: true, GroupId: id };

  function idOf(name: string | undefined): string {
    if (!name) throw missingParameter('GroupName or GroupId');
    const named = securityGroups
      .in(call)
      .values()
      .find(({ GroupName }) => GroupName === name);
    if (!named) throw missing.securityGroup(name);
    return named.GroupId;
  }
};
