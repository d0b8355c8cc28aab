import type { DeleteRouteTableRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { dependencyViolation, required } from '../faults.ts';
import { routeTableOf } from '../lookups.ts';
import { routeTables, vpcEndpoints } from '../state.ts';
import { dropTags } from '../tagging.ts';

/** Refused while a subnet uses it or when it is the main table; gateway endpoints let go of it by themselves. */
export const deleteRouteTable: Operation<DeleteRouteTableRequest, Record<never, never>> = (input, call) => {
  const { RouteTableId, Associations } = routeTableOf(call, required(input.RouteTableId, 'routeTableId'));
  if (Associations.length > 0) throw dependencyViolation('routeTable', RouteTableId);
  for (const endpoint of vpcEndpoints.in(call).values()) {
    if (!endpoint.RouteTableIds.includes(RouteTableId)) continue;
    vpcEndpoints.in(call).update(endpoint.VpcEndpointId, (draft) => {
      draft.RouteTableIds = draft.RouteTableIds.filter((id) => id !== RouteTableId);
    });
  }
  dropTags(call, RouteTableId);
  routeTables.in(call).delete(RouteTableId);
  return {};
};
