import type { AssociateRouteTableRequest, AssociateRouteTableResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { notSimulated, required } from '../faults.ts';
import { freshId } from '../ids.ts';
import { routeTableOf, subnetOf } from '../lookups.ts';
import { routeTables } from '../state.ts';

export const associateRouteTable: Operation<AssociateRouteTableRequest, AssociateRouteTableResult> = (input, call) => {
  if (input.GatewayId) throw notSimulated('route tables of gateways');
  const table = routeTableOf(call, required(input.RouteTableId, 'routeTableId'));
  const { SubnetId, VpcId } = subnetOf(call, required(input.SubnetId, 'subnetId'));
  if (VpcId !== table.VpcId) {
    throw new AwsFault(
      'InvalidParameterValue',
      `route table ${table.RouteTableId} and subnet ${SubnetId} belong to different networks`,
    );
  }
  const other = routeTables
    .in(call)
    .values()
    .find(({ Associations }) => Associations.some((association) => association.SubnetId === SubnetId));
  if (other) {
    throw new AwsFault(
      'Resource.AlreadyAssociated',
      `the specified association for route table ${table.RouteTableId} conflicts with an existing association`,
    );
  }
  const AssociationId = freshId('rtbassoc');
  routeTables.in(call).update(table.RouteTableId, (draft) => {
    draft.Associations.push({
      Main: false,
      RouteTableAssociationId: AssociationId,
      RouteTableId: table.RouteTableId,
      SubnetId,
      AssociationState: { State: 'associated' },
    });
  });
  return { AssociationId, AssociationState: { State: 'associated' } };
};
