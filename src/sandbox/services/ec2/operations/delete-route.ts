import type { DeleteRouteRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { routeTableOf } from '../lookups.ts';
import { destinationOf, isTo, missingRoute } from '../routes.ts';
import { routeTables } from '../state.ts';

export const deleteRoute: Operation<DeleteRouteRequest, Record<never, never>> = (input, call) => {
  const table = routeTableOf(call, required(input.RouteTableId, 'routeTableId'));
  const destination = destinationOf(input);
  const route = table.Routes.find((each) => isTo(each, destination));
  if (!route) throw missingRoute(table.RouteTableId, destination);
  if (route.GatewayId === 'local') {
    throw new AwsFault(
      'InvalidParameterValue',
      `cannot remove local route ${route.DestinationCidrBlock} in route table ${table.RouteTableId}`,
    );
  }
  routeTables.in(call).update(table.RouteTableId, (draft) => {
    draft.Routes = draft.Routes.filter((each) => !isTo(each, destination));
  });
  return {};
};
