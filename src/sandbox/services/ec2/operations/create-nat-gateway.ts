import type { CreateNatGatewayRequest, CreateNatGatewayResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { associateElasticIp } from '../elastic-ips.ts';
import { notSimulated, required } from '../faults.ts';
import { freshId } from '../ids.ts';
import { internetGatewayOf, subnetOf } from '../lookups.ts';
import { NAT_GATEWAY_FAILS_MS, NAT_GATEWAY_STARTS_MS } from '../nat-gateway-timers.ts';
import { createNetworkInterfaceFor } from '../network-interfaces.ts';
import { revived } from '../rows.ts';
import { addresses, natGateways, type SubnetRow, subnets } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const GATEWAYS_PER_ZONE = 5;

/** Answers `pending`; what is wrong with the network or the address shows later, as the state `failed`. */
export const createNatGateway: Operation<CreateNatGatewayRequest, CreateNatGatewayResult> = (input, call) => {
  const connectivity = input.ConnectivityType ?? 'public';
  if (!input.SubnetId && input.VpcId) throw notSimulated('regional NAT gateways');
  const subnet = subnetOf(call, required(input.SubnetId, 'subnetId'));
  if (connectivity === 'public' && !input.AllocationId) {
    throw new AwsFault(
      'MissingParameter',
      'The request must include the AllocationId parameter. Add the required parameter and retry the request.',
    );
  }
  if (connectivity === 'private' && input.AllocationId) {
    throw new AwsFault('InvalidParameter', 'You cannot specify an AllocationId for a private NAT gateway.');
  }
  const tags = requestedTags(input.TagSpecifications, 'natgateway');
  const inZone = natGateways
    .in(call)
    .values()
    .filter(
      ({ SubnetId, State }) =>
        subnets.in(call).get(SubnetId)?.AvailabilityZone === subnet.AvailabilityZone &&
        (State === 'pending' || State === 'available'),
    );
  if (inZone.length >= GATEWAYS_PER_ZONE) {
    throw new AwsFault(
      'NatGatewayLimitExceeded',
      `The maximum number of NAT gateways has been reached in ${subnet.AvailabilityZone}.`,
    );
  }

  const NatGatewayId = freshId('nat');
  const failure = connectivity === 'public' ? failureOf(call, subnet, input.AllocationId!) : undefined;
  natGateways.in(call).put(NatGatewayId, {
    NatGatewayId,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    State: 'pending',
    ConnectivityType: connectivity,
    CreateTime: call.world.clock.stamp(),
    NatGatewayAddresses: [
      input.AllocationId ? { AllocationId: input.AllocationId, IsPrimary: true } : { IsPrimary: true },
    ],
  });
  putTags(call, NatGatewayId, 'natgateway', tags);
  if (failure) {
    call.world.schedule(call, {
      afterMs: NAT_GATEWAY_FAILS_MS,
      kind: 'ec2.nat-gateway-failed',
      payload: { NatGatewayId, ...failure },
    });
  } else {
    connect(call, NatGatewayId, subnet, input);
    call.world.schedule(call, {
      afterMs: NAT_GATEWAY_STARTS_MS,
      kind: 'ec2.nat-gateway-available',
      payload: { NatGatewayId },
    });
  }
  return {
    ClientToken: input.ClientToken,
    NatGateway: { ...revived<object>(natGateways.in(call).get(NatGatewayId)), Tags: tags },
  };
};

function connect(call: Call, id: string, subnet: SubnetRow, input: CreateNatGatewayRequest): void {
  const eni = createNetworkInterfaceFor(call, {
    subnetId: subnet.SubnetId,
    description: `Interface for NAT Gateway ${id}`,
    type: 'nat_gateway',
    requesterManaged: true,
    ...(input.PrivateIpAddress ? { privateIpAddress: input.PrivateIpAddress } : {}),
  });
  const AssociationId = input.AllocationId
    ? associateElasticIp(call, input.AllocationId, eni.NetworkInterfaceId)
    : undefined;
  natGateways.in(call).update(id, (draft) => {
    draft.NatGatewayAddresses = [
      {
        ...draft.NatGatewayAddresses[0],
        NetworkInterfaceId: eni.NetworkInterfaceId,
        PrivateIp: eni.PrivateIpAddress,
        Status: 'succeeded',
        ...(AssociationId ? { AssociationId, PublicIp: addresses.in(call).get(input.AllocationId!)!.PublicIp } : {}),
      },
    ];
  });
}

/** Codes and sentences: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html */
function failureOf(call: Call, subnet: SubnetRow, allocationId: string) {
  const address = addresses.in(call).get(allocationId);
  if (!address) {
    return {
      FailureCode: 'InvalidAllocationID.NotFound',
      FailureMessage: `Elastic IP address ${allocationId} could not be associated with this NAT gateway`,
    };
  }
  if (address.AssociationId) {
    return {
      FailureCode: 'Resource.AlreadyAssociated',
      FailureMessage: `Elastic IP address ${allocationId} is already associated`,
    };
  }
  if (!internetGatewayOf(call, subnet.VpcId)) {
    return {
      FailureCode: 'Gateway.NotAttached',
      FailureMessage: `Network ${subnet.VpcId} has no Internet gateway attached`,
    };
  }
  return undefined;
}
