import type { SetSubnetsInput, SetSubnetsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { deleteNetworkInterfaceOf } from '../../ec2/network-interfaces.ts';
import { networkInterfaces } from '../../ec2/state.ts';
import { loadBalancerOf } from '../lookups.ts';
import { interfacesFor, placement } from '../placement.ts';
import { loadBalancers } from '../state.ts';

export const setSubnets: Operation<SetSubnetsInput, SetSubnetsOutput> = (input, call) => {
  const row = loadBalancerOf(call, input.LoadBalancerArn);
  const subnets = placement(call, { ...input, Scheme: row.Scheme });
  const ids = subnets.map(({ SubnetId }) => SubnetId);
  const kept = row.networkInterfaceIds.filter((eni) =>
    ids.includes(networkInterfaces.in(call).get(eni)?.SubnetId ?? ''),
  );
  for (const eni of row.networkInterfaceIds) if (!kept.includes(eni)) deleteNetworkInterfaceOf(call, eni);
  const present = kept.map((eni) => networkInterfaces.in(call).get(eni)?.SubnetId);
  const added = interfacesFor(
    call,
    row,
    ids.filter((id) => !present.includes(id)),
    row.SecurityGroups,
  );
  const zones = subnets.map(({ AvailabilityZone, SubnetId }) => ({
    ZoneName: AvailabilityZone,
    SubnetId,
    LoadBalancerAddresses: [],
  }));
  loadBalancers.in(call).update(row.LoadBalancerArn, (draft) => {
    draft.AvailabilityZones = zones;
    draft.networkInterfaceIds = [...kept, ...added];
  });
  return { AvailabilityZones: zones, IpAddressType: row.IpAddressType };
};
