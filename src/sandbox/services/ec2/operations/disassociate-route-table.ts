import type { DisassociateRouteTableRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { associationOf } from '../routes.ts';
import { routeTables } from '../state.ts';

export const disassociateRouteTable: Operation<DisassociateRouteTableRequest, Record<never, never>> = (input, call) => {
  const { table, association } = associationOf(call, required(input.AssociationId, 'associationId'));
  if (association.Main) {
    throw new AwsFault(
      'InvalidParameterValue',
      `cannot disassociate the main route table association ${input.AssociationId}`,
    );
  }
  routeTables.in(call).update(table.RouteTableId, (draft) => {
    draft.Associations = draft.Associations.filter(
      ({ RouteTableAssociationId }) => RouteTableAssociationId !== input.AssociationId,
    );
  });
  return {};
};
