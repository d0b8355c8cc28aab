import type { AssociateAddressRequest, AssociateAddressResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { associateElasticIp, disassociateElasticIp } from '../elastic-ips.ts';
import { missing, missingParameter, required } from '../faults.ts';
import { addresses, instances, networkInterfaces } from '../state.ts';

export const associateAddress: Operation<AssociateAddressRequest, AssociateAddressResult> = (input, call) => {
  const id = required(input.AllocationId, 'AllocationId');
  const address = addresses.in(call).get(id);
  if (!address) throw missing.allocation(id);
  const instance = input.InstanceId ? instances.in(call).get(input.InstanceId) : undefined;
  if (input.InstanceId && !instance) throw missing.instance(input.InstanceId);
  const eniId = input.NetworkInterfaceId ?? instance?.NetworkInterfaces[0]?.NetworkInterfaceId;
  if (!eniId) throw missingParameter('InstanceId or NetworkInterfaceId');
  if (!networkInterfaces.in(call).has(eniId)) throw missing.networkInterface(eniId);
  if (address.AssociationId) {
    if (input.AllowReassociation === false) {
      throw new AwsFault(
        'Resource.AlreadyAssociated',
        `resource ${id} is already associated with associate-id ${address.AssociationId}`,
      );
    }
    disassociateElasticIp(call, id);
  }
  return { AssociationId: associateElasticIp(call, id, eniId) };
};
