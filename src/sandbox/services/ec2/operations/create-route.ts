import type { CreateRouteRequest, CreateRouteResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { routeTableOf } from '../lookups.ts';
import { destinationOf, isTo, targetOf } from '../routes.ts';
import { routeTables } from '../state.ts';

export const createRoute: Operation<CreateRouteRequest, CreateRouteResult> = (input, call) => {
  const table = routeTableOf(call, required(input.RouteTableId, 'routeTableId'));
  const destination = destinationOf(input);
  const target = targetOf(call, table, input);
  if (table.Routes.some((route) => isTo(route, destination))) {
    throw new AwsFault(
      'RouteAlreadyExists',
      `The route identified by ${Object.values(destination)[0]} already exists.`,
    );
  }
  routeTables.in(call).update(table.RouteTableId, (draft) => {
    draft.Routes.push({ ...destination, ...target, Origin: 'CreateRoute', State: 'active' });
  });
  return { Return: true };
};
