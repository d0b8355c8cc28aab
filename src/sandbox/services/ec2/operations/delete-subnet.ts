import type { DeleteSubnetRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { dependencyViolation, required } from '../faults.ts';
import { subnetOf } from '../lookups.ts';
import { networkInterfaces, routeTables, subnets } from '../state.ts';
import { dropTags } from '../tagging.ts';

/** Refused while a network interface of anybody's lives in it; its route table association goes with it. */
export const deleteSubnet: Operation<DeleteSubnetRequest, Record<never, never>> = (input, call) => {
  const { SubnetId } = subnetOf(call, required(input.SubnetId, 'subnetId'));
  if (
    networkInterfaces
      .in(call)
      .values()
      .some((row) => row.SubnetId === SubnetId)
  ) {
    throw dependencyViolation('subnet', SubnetId);
  }
  for (const table of routeTables.in(call).values()) {
    if (!table.Associations.some((association) => association.SubnetId === SubnetId)) continue;
    routeTables.in(call).update(table.RouteTableId, (draft) => {
      draft.Associations = draft.Associations.filter((association) => association.SubnetId !== SubnetId);
    });
  }
  dropTags(call, SubnetId);
  subnets.in(call).delete(SubnetId);
  return {};
};
