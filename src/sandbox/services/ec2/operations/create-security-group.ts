import type { CreateSecurityGroupRequest, CreateSecurityGroupResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { defaultVpcOf } from '../default-vpc.ts';
import { missingParameter } from '../faults.ts';
import { freshId } from '../ids.ts';
import { vpcOf } from '../lookups.ts';
import { allowAllEgress } from '../security-group-rules.ts';
import { securityGroups } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

const ALLOWED = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{1,255}$/;
const ALLOWED_WORDS =
  'Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*';

export const createSecurityGroup: Operation<CreateSecurityGroupRequest, CreateSecurityGroupResult> = (input, call) => {
  const { GroupName, Description } = input;
  if (!GroupName) throw missingParameter('GroupName');
  if (!Description) throw missingParameter('GroupDescription');
  if (!ALLOWED.test(Description)) {
    throw new AwsFault('InvalidParameterValue', `Invalid security group description. ${ALLOWED_WORDS}`);
  }
  if (!ALLOWED.test(GroupName) || GroupName.startsWith('sg-')) {
    throw new AwsFault(
      'InvalidParameterValue',
      GroupName.startsWith('sg-')
        ? `Invalid value '${GroupName}' for groupName. Group names may not be in the format sg-*.`
        : `Value (${GroupName}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.`,
    );
  }
  const vpcId = input.VpcId ? vpcOf(call, input.VpcId).VpcId : defaultVpcOf(call)?.VpcId;
  if (!vpcId) throw new AwsFault('VPCIdNotSpecified', 'No default VPC for this user');
  if (GroupName === 'default') {
    throw new AwsFault('InvalidParameterValue', `Cannot use reserved security group name: default`);
  }
  const tags = requestedTags(input.TagSpecifications, 'security-group');
  const taken = securityGroups
    .in(call)
    .values()
    .some((group) => group.VpcId === vpcId && group.GroupName === GroupName);
  if (taken) {
    throw new AwsFault('InvalidGroup.Duplicate', `The security group '${GroupName}' already exists for VPC '${vpcId}'`);
  }

  const GroupId = freshId('sg');
  const SecurityGroupArn = `arn:aws:ec2:${call.region}:${call.account}:security-group/${GroupId}`;
  securityGroups
    .in(call)
    .put(GroupId, { GroupId, GroupName, Description, VpcId: vpcId, OwnerId: call.account, SecurityGroupArn });
  allowAllEgress(call, GroupId);
  putTags(call, GroupId, 'security-group', tags);
  return { GroupId, SecurityGroupArn, ...(tags.length > 0 ? { Tags: tags } : {}) };
};
