import type { DescribeVpcsRequest, DescribeVpcsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type VpcRow, vpcs } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<VpcRow> = {
  cidr: (vpc) => vpc.CidrBlock,
  'cidr-block-association.cidr-block': (vpc) => vpc.CidrBlockAssociationSet.map(({ CidrBlock }) => CidrBlock),
  'cidr-block-association.association-id': (vpc) =>
    vpc.CidrBlockAssociationSet.map(({ AssociationId }) => AssociationId),
  'cidr-block-association.state': (vpc) =>
    vpc.CidrBlockAssociationSet.map(({ CidrBlockState }) => CidrBlockState?.State),
  'dhcp-options-id': (vpc) => vpc.DhcpOptionsId,
  'is-default': (vpc) => vpc.IsDefault,
  isDefault: (vpc) => vpc.IsDefault,
  'owner-id': (vpc) => vpc.OwnerId,
  state: (vpc) => vpc.State,
  'vpc-id': (vpc) => vpc.VpcId,
};

export const describeVpcs: Operation<DescribeVpcsRequest, DescribeVpcsResult> = (input, call) => {
  const { items, NextToken } = select(call, input, {
    rows: () => vpcs.in(call).values(),
    id: (vpc) => vpc.VpcId,
    ids: input.VpcIds,
    missing: missing.vpc,
    fields: FIELDS,
  });
  return {
    Vpcs: items.map((row) => {
      const { EnableDnsSupport: _, EnableDnsHostnames: __, EnableNetworkAddressUsageMetrics: ___, ...vpc } = row;
      return { ...revived<object>(vpc), Tags: tagsOf(call, row.VpcId) };
    }),
    NextToken,
  };
};
