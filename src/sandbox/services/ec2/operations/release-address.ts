import type { ReleaseAddressRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, missingParameter } from '../faults.ts';
import { addresses } from '../state.ts';
import { dropTags } from '../tagging.ts';

export const releaseAddress: Operation<ReleaseAddressRequest, Record<never, never>> = (input, call) => {
  if (!input.AllocationId && !input.PublicIp) throw missingParameter('AllocationId');
  const address = addresses
    .in(call)
    .values()
    .find(({ AllocationId, PublicIp }) =>
      input.AllocationId ? AllocationId === input.AllocationId : PublicIp === input.PublicIp,
    );
  if (!address) throw missing.allocation(input.AllocationId ?? input.PublicIp!);
  if (address.AssociationId) {
    throw new AwsFault('InvalidIPAddress.InUse', `Address ${address.PublicIp} is in use.`);
  }
  dropTags(call, address.AllocationId);
  addresses.in(call).delete(address.AllocationId);
  return {};
};
