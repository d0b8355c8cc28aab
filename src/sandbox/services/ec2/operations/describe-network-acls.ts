import type { DescribeNetworkAclsRequest, DescribeNetworkAclsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type NetworkAclRow, networkAcls, subnets } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<NetworkAclRow> = {
  default: (acl) => acl.IsDefault,
  'network-acl-id': (acl) => acl.NetworkAclId,
  'owner-id': (acl) => acl.OwnerId,
  'vpc-id': (acl) => acl.VpcId,
};

/** Only default ones exist here, so each has every subnet of its VPC. */
export const describeNetworkAcls: Operation<DescribeNetworkAclsRequest, DescribeNetworkAclsResult> = (input, call) => {
  const { items, NextToken } = select(call, input, {
    rows: () => networkAcls.in(call).values(),
    id: (acl) => acl.NetworkAclId,
    ids: input.NetworkAclIds,
    missing: missing.networkAcl,
    fields: FIELDS,
  });
  return {
    NetworkAcls: items.map((row) => ({
      ...revived<object>(row),
      Associations: subnets
        .in(call)
        .values()
        .filter(({ VpcId }) => VpcId === row.VpcId)
        .map(({ SubnetId }) => ({
          NetworkAclAssociationId: SubnetId.replace('subnet-', 'aclassoc-'),
          NetworkAclId: row.NetworkAclId,
          SubnetId,
        })),
      Tags: tagsOf(call, row.NetworkAclId),
    })),
    NextToken,
  };
};
