import type { ReplaceRouteRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { routeTableOf } from '../lookups.ts';
import { destinationOf, isTo, missingRoute, targetOf } from '../routes.ts';
import { routeTables } from '../state.ts';

export const replaceRoute: Operation<ReplaceRouteRequest, Record<never, never>> = (input, call) => {
  const table = routeTableOf(call, required(input.RouteTableId, 'routeTableId'));
  const destination = destinationOf(input);
  const target = targetOf(call, table, input);
  const index = table.Routes.findIndex((route) => isTo(route, destination));
  if (index < 0) throw missingRoute(table.RouteTableId, destination);
  routeTables.in(call).update(table.RouteTableId, (draft) => {
    draft.Routes[index] = { ...destination, ...target, Origin: 'CreateRoute', State: 'active' };
  });
  return {};
};
