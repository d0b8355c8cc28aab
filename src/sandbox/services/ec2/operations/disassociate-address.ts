import type { DisassociateAddressRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { disassociateElasticIp } from '../elastic-ips.ts';
import { missing, missingParameter } from '../faults.ts';
import { addresses, natGateways } from '../state.ts';

export const disassociateAddress: Operation<DisassociateAddressRequest, Record<never, never>> = (input, call) => {
  if (!input.AssociationId && !input.PublicIp) throw missingParameter('AssociationId');
  const address = addresses
    .in(call)
    .values()
    .find(({ AssociationId, PublicIp }) =>
      input.AssociationId ? AssociationId === input.AssociationId : PublicIp === input.PublicIp,
    );
  if (!address) throw missing.association(input.AssociationId ?? input.PublicIp!);
  const ofNat = natGateways
    .in(call)
    .values()
    .some((gateway) => gateway.NatGatewayAddresses.some(({ AllocationId }) => AllocationId === address.AllocationId));
  if (ofNat) throw new AwsFault('AuthFailure', 'You do not have permission to access the specified resource.');
  disassociateElasticIp(call, address.AllocationId);
  return {};
};
