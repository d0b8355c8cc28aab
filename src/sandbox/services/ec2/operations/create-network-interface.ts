import type {
  CreateNetworkInterfaceRequest,
  CreateNetworkInterfaceResult,
  NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { createNetworkInterfaceFor } from '../network-interfaces.ts';
import { revived } from '../rows.ts';
import { putTags, requestedTags } from '../tagging.ts';

export const createNetworkInterface: Operation<CreateNetworkInterfaceRequest, CreateNetworkInterfaceResult> = (
  input,
  call,
) => {
  const tags = requestedTags(input.TagSpecifications, 'network-interface');
  const row = createNetworkInterfaceFor(call, {
    subnetId: required(input.SubnetId, 'subnetId'),
    groupIds: input.Groups ?? [],
    description: input.Description ?? '',
    attached: false,
    ...(input.PrivateIpAddress ? { privateIpAddress: input.PrivateIpAddress } : {}),
  });
  putTags(call, row.NetworkInterfaceId, 'network-interface', tags);
  return {
    ClientToken: input.ClientToken,
    NetworkInterface: { ...revived<NetworkInterface>(row), Status: 'pending' as 'available', TagSet: tags },
  };
};
