import type { DeleteNatGatewayRequest, DeleteNatGatewayResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, required } from '../faults.ts';
import { NAT_GATEWAY_STOPS_MS } from '../nat-gateway-timers.ts';
import { natGateways } from '../state.ts';

/** Its address and interface are free again when it is `deleted`, about a minute later. */
export const deleteNatGateway: Operation<DeleteNatGatewayRequest, DeleteNatGatewayResult> = (input, call) => {
  const NatGatewayId = required(input.NatGatewayId, 'natGatewayId');
  const gateway = natGateways.in(call).get(NatGatewayId);
  if (!gateway) throw missing.natGateway(NatGatewayId);
  if (gateway.State !== 'deleting' && gateway.State !== 'deleted') {
    natGateways.in(call).update(NatGatewayId, (draft) => {
      draft.State = 'deleting';
      draft.DeleteTime = call.world.clock.stamp();
    });
    call.world.schedule(call, {
      afterMs: NAT_GATEWAY_STOPS_MS,
      kind: 'ec2.nat-gateway-deleted',
      payload: { NatGatewayId },
    });
  }
  return { NatGatewayId };
};
