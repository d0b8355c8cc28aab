import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { disassociateElasticIp } from './elastic-ips.ts';
import { deleteNetworkInterfaceOf } from './network-interfaces.ts';
import { natGateways } from './state.ts';
import { dropTags } from './tagging.ts';

/** About two minutes in CloudFormation events that people post; AWS says "a few minutes". */
export const NAT_GATEWAY_STARTS_MS = 110_000;
export const NAT_GATEWAY_FAILS_MS = 15_000;
export const NAT_GATEWAY_STOPS_MS = 60_000;
/** "typically about an hour": https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-working-with.html */
const REMEMBERED_MS = 60 * 60_000;

interface Payload {
  NatGatewayId: string;
}

export const natGatewayTimers: Readonly<Record<string, TimerHandler>> = {
  'ec2.nat-gateway-available': ({ NatGatewayId }: Payload, scope) => {
    if (natGateways.in(scope).get(NatGatewayId)?.State !== 'pending') return;
    natGateways.in(scope).update(NatGatewayId, (draft) => {
      draft.State = 'available';
    });
  },
  'ec2.nat-gateway-failed': (
    { NatGatewayId, FailureCode, FailureMessage }: Payload & { FailureCode: string; FailureMessage: string },
    scope,
  ) => {
    if (natGateways.in(scope).get(NatGatewayId)?.State !== 'pending') return;
    natGateways.in(scope).update(NatGatewayId, (draft) => {
      Object.assign(draft, { State: 'failed', FailureCode, FailureMessage, DeleteTime: scope.world.clock.stamp() });
    });
    forgetLater(scope, NatGatewayId);
  },
  'ec2.nat-gateway-deleted': ({ NatGatewayId }: Payload, scope) => {
    const gateway = natGateways.in(scope).get(NatGatewayId);
    if (gateway?.State !== 'deleting') return;
    for (const { AllocationId, NetworkInterfaceId } of gateway.NatGatewayAddresses) {
      if (AllocationId && NetworkInterfaceId) disassociateElasticIp(scope, AllocationId);
      if (NetworkInterfaceId) deleteNetworkInterfaceOf(scope, NetworkInterfaceId);
    }
    natGateways.in(scope).update(NatGatewayId, (draft) => {
      draft.State = 'deleted';
      draft.DeleteTime = scope.world.clock.stamp();
    });
    forgetLater(scope, NatGatewayId);
  },
  'ec2.nat-gateway-forgotten': ({ NatGatewayId }: Payload, scope) => {
    dropTags(scope, NatGatewayId);
    natGateways.in(scope).delete(NatGatewayId);
  },
};

function forgetLater(scope: Scope, NatGatewayId: string): void {
  scope.world.schedule(scope, {
    afterMs: REMEMBERED_MS,
    kind: 'ec2.nat-gateway-forgotten',
    payload: { NatGatewayId },
    background: true,
  });
}
