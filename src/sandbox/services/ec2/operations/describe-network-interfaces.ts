import type { DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type NetworkInterfaceRow, networkInterfaces } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<NetworkInterfaceRow> = {
  'addresses.private-ip-address': (row) => row.PrivateIpAddress,
  'addresses.association.public-ip': (row) => row.Association?.PublicIp,
  'association.allocation-id': (row) => row.Association?.AllocationId,
  'association.public-ip': (row) => row.Association?.PublicIp,
  'attachment.attachment-id': (row) => row.Attachment?.AttachmentId,
  'attachment.instance-id': (row) => row.Attachment?.InstanceId,
  'attachment.instance-owner-id': (row) => row.Attachment?.InstanceOwnerId,
  'attachment.status': (row) => row.Attachment?.Status,
  'availability-zone': (row) => row.AvailabilityZone,
  description: (row) => row.Description,
  'group-id': (row) => row.Groups.map(({ GroupId }) => GroupId),
  'group-name': (row) => row.Groups.map(({ GroupName }) => GroupName),
  'interface-type': (row) => row.InterfaceType,
  'mac-address': (row) => row.MacAddress,
  'network-interface-id': (row) => row.NetworkInterfaceId,
  'owner-id': (row) => row.OwnerId,
  'private-ip-address': (row) => row.PrivateIpAddress,
  'requester-id': (row) => row.RequesterId,
  'requester-managed': (row) => row.RequesterManaged,
  status: (row) => row.Status,
  'subnet-id': (row) => row.SubnetId,
  'vpc-id': (row) => row.VpcId,
};

export const describeNetworkInterfaces: Operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult> = (
  input,
  call,
) => {
  const { items, NextToken } = select(call, input, {
    rows: () => networkInterfaces.in(call).values(),
    id: (row) => row.NetworkInterfaceId,
    ids: input.NetworkInterfaceIds,
    missing: missing.networkInterface,
    fields: FIELDS,
  });
  return {
    NetworkInterfaces: items.map((row) => ({ ...revived<object>(row), TagSet: tagsOf(call, row.NetworkInterfaceId) })),
    NextToken,
  };
};
