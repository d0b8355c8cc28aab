import type { GetSecurityGroupsForVpcRequest, GetSecurityGroupsForVpcResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, required } from '../faults.ts';
import { vpcOf } from '../lookups.ts';
import { type Fields, select } from '../select.ts';
import { type SecurityGroupRow, securityGroups } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<SecurityGroupRow> = {
  'group-id': (group) => group.GroupId,
  'group-name': (group) => group.GroupName,
  description: (group) => group.Description,
  'owner-id': (group) => group.OwnerId,
  'primary-vpc-id': (group) => group.VpcId,
};

export const getSecurityGroupsForVpc: Operation<GetSecurityGroupsForVpcRequest, GetSecurityGroupsForVpcResult> = (
  input,
  call,
) => {
  const vpc = vpcOf(call, required(input.VpcId, 'vpcId'));
  const { items, NextToken } = select(call, input, {
    rows: () =>
      securityGroups
        .in(call)
        .values()
        .filter(({ VpcId }) => VpcId === vpc.VpcId),
    id: (group) => group.GroupId,
    missing: missing.securityGroup,
    fields: FIELDS,
  });
  return {
    SecurityGroupForVpcs: items.map(({ GroupId, GroupName, Description, OwnerId, VpcId }) => ({
      GroupId,
      GroupName,
      Description,
      OwnerId,
      PrimaryVpcId: VpcId,
      Tags: tagsOf(call, GroupId),
    })),
    NextToken,
  };
};
