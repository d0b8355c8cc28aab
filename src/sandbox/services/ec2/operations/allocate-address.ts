import type { AllocateAddressRequest, AllocateAddressResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { quotaOf } from '../../servicequotas/state.ts';
import { freshId } from '../ids.ts';
import { freshPublicAddress } from '../public-addresses.ts';
import { addresses } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

export const allocateAddress: Operation<AllocateAddressRequest, AllocateAddressResult> = (input, call) => {
  const tags = requestedTags(input.TagSpecifications, 'elastic-ip');
  if (addresses.in(call).size >= quotaOf(call, 'ec2', 'L-0263D0A3')) {
    throw new AwsFault('AddressLimitExceeded', 'The maximum number of addresses has been reached.');
  }
  const AllocationId = freshId('eipalloc');
  const row = addresses.in(call).put(AllocationId, {
    AllocationId,
    PublicIp: freshPublicAddress(call),
    Domain: 'vpc',
    NetworkBorderGroup: call.region,
    PublicIpv4Pool: 'amazon',
  });
  putTags(call, AllocationId, 'elastic-ip', tags);
  return {
    AllocationId,
    PublicIp: row.PublicIp,
    Domain: 'vpc',
    NetworkBorderGroup: call.region,
    PublicIpv4Pool: 'amazon',
  };
};
