import type { DescribeAddressesRequest, DescribeAddressesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { type Fields, select } from '../select.ts';
import { type AddressRow, addresses } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<AddressRow> = {
  'allocation-id': (address) => address.AllocationId,
  'association-id': (address) => address.AssociationId,
  domain: (address) => address.Domain,
  'instance-id': (address) => address.InstanceId,
  'network-border-group': (address) => address.NetworkBorderGroup,
  'network-interface-id': (address) => address.NetworkInterfaceId,
  'private-ip-address': (address) => address.PrivateIpAddress,
  'public-ip': (address) => address.PublicIp,
};

/** Never paged: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeAddresses.html */
export const describeAddresses: Operation<DescribeAddressesRequest, DescribeAddressesResult> = (input, call) => {
  const unknown = input.PublicIps?.find(
    (ip) =>
      !addresses
        .in(call)
        .values()
        .some(({ PublicIp }) => PublicIp === ip),
  );
  if (unknown !== undefined) throw new AwsFault('InvalidAddress.NotFound', `Address '${unknown}' not found.`);
  const { items } = select(
    call,
    { Filters: input.Filters },
    {
      rows: () =>
        addresses
          .in(call)
          .values()
          .filter(({ PublicIp }) => !input.PublicIps?.length || input.PublicIps.includes(PublicIp)),
      id: (address) => address.AllocationId,
      ids: input.AllocationIds,
      missing: missing.allocation,
      fields: FIELDS,
    },
  );
  return { Addresses: items.map((row) => ({ ...row, Tags: tagsOf(call, row.AllocationId) })) };
};
