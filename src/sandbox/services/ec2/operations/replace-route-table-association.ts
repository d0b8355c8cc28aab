import type { ReplaceRouteTableAssociationRequest, ReplaceRouteTableAssociationResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { freshId } from '../ids.ts';
import { routeTableOf } from '../lookups.ts';
import { associationOf } from '../routes.ts';
import { routeTables } from '../state.ts';

export const replaceRouteTableAssociation: Operation<
  ReplaceRouteTableAssociationRequest,
  ReplaceRouteTableAssociationResult
> = (input, call) => {
  const { table, association } = associationOf(call, required(input.AssociationId, 'associationId'));
  const target = routeTableOf(call, required(input.RouteTableId, 'routeTableId'));
  routeTables.in(call).update(table.RouteTableId, (draft) => {
    draft.Associations = draft.Associations.filter(
      ({ RouteTableAssociationId }) => RouteTableAssociationId !== association.RouteTableAssociationId,
    );
  });
  const NewAssociationId = freshId('rtbassoc');
  routeTables.in(call).update(target.RouteTableId, (draft) => {
    draft.Associations.push({
      ...association,
      RouteTableAssociationId: NewAssociationId,
      RouteTableId: target.RouteTableId,
    });
  });
  return { NewAssociationId, AssociationState: { State: 'associated' } };
};
