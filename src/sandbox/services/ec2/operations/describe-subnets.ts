import type { DescribeSubnetsRequest, DescribeSubnetsResult } from '@aws-sdk/client-ec2';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { freeAddressCount } from '../network-interfaces.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type SubnetRow, subnets } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const fields = (scope: Scope): Fields<SubnetRow> => ({
  'availability-zone': (subnet) => subnet.AvailabilityZone,
  availabilityZone: (subnet) => subnet.AvailabilityZone,
  'availability-zone-id': (subnet) => subnet.AvailabilityZoneId,
  availabilityZoneId: (subnet) => subnet.AvailabilityZoneId,
  'available-ip-address-count': (subnet) => freeAddressCount(scope, subnet),
  cidr: (subnet) => subnet.CidrBlock,
  'cidr-block': (subnet) => subnet.CidrBlock,
  cidrBlock: (subnet) => subnet.CidrBlock,
  'default-for-az': (subnet) => subnet.DefaultForAz,
  defaultForAz: (subnet) => subnet.DefaultForAz,
  'map-public-ip-on-launch': (subnet) => subnet.MapPublicIpOnLaunch,
  'owner-id': (subnet) => subnet.OwnerId,
  state: (subnet) => subnet.State,
  'subnet-arn': (subnet) => subnet.SubnetArn,
  'subnet-id': (subnet) => subnet.SubnetId,
  'vpc-id': (subnet) => subnet.VpcId,
});

export const describeSubnets: Operation<DescribeSubnetsRequest, DescribeSubnetsResult> = (input, call) => {
  const { items, NextToken } = select(call, input, {
    rows: () => subnets.in(call).values(),
    id: (subnet) => subnet.SubnetId,
    ids: input.SubnetIds,
    missing: missing.subnet,
    fields: fields(call),
  });
  return {
    Subnets: items.map((row) => ({
      ...revived<object>(row),
      AvailableIpAddressCount: freeAddressCount(call, row),
      Tags: tagsOf(call, row.SubnetId),
    })),
    NextToken,
  };
};
