import type { DescribeRouteTablesRequest, DescribeRouteTablesResult } from '@aws-sdk/client-ec2';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { routeState } from '../route-state.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type RouteTableRow, routeTables } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const fields = (scope: Scope): Fields<RouteTableRow> => ({
  'association.main': (table) => table.Associations.map(({ Main }) => Main),
  'association.route-table-association-id': (table) =>
    table.Associations.map(({ RouteTableAssociationId }) => RouteTableAssociationId),
  'association.route-table-id': (table) => table.Associations.map(({ RouteTableId }) => RouteTableId),
  'association.subnet-id': (table) => table.Associations.map(({ SubnetId }) => SubnetId),
  'owner-id': (table) => table.OwnerId,
  'route-table-id': (table) => table.RouteTableId,
  'route.destination-cidr-block': (table) => table.Routes.map(({ DestinationCidrBlock }) => DestinationCidrBlock),
  'route.destination-prefix-list-id': (table) =>
    table.Routes.map(({ DestinationPrefixListId }) => DestinationPrefixListId),
  'route.gateway-id': (table) => table.Routes.map(({ GatewayId }) => GatewayId),
  'route.instance-id': (table) => table.Routes.map(({ InstanceId }) => InstanceId),
  'route.nat-gateway-id': (table) => table.Routes.map(({ NatGatewayId }) => NatGatewayId),
  'route.origin': (table) => table.Routes.map(({ Origin }) => Origin),
  'route.state': (table) => table.Routes.map((route) => routeState(scope, table.VpcId, route)),
  'vpc-id': (table) => table.VpcId,
});

export const describeRouteTables: Operation<DescribeRouteTablesRequest, DescribeRouteTablesResult> = (input, call) => {
  const { items, NextToken } = select(call, input, {
    rows: () => routeTables.in(call).values(),
    id: (table) => table.RouteTableId,
    ids: input.RouteTableIds,
    missing: missing.routeTable,
    fields: fields(call),
  });
  return {
    RouteTables: items.map((row) => ({
      ...revived<object>(row),
      Routes: row.Routes.map((route) => ({ ...route, State: routeState(call, row.VpcId, route) })),
      Tags: tagsOf(call, row.RouteTableId),
    })),
    NextToken,
  };
};
