import { AwsFault } from '../../../kernel/fault.ts';
import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { associateRouteTable } from '../operations/associate-route-table.ts';
import { disassociateRouteTable } from '../operations/disassociate-route-table.ts';
import { associationOf } from '../routes.ts';
import { deleteWithPatience } from './dependents.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnetroutetableassociation.html */
export const subnetRouteTableAssociation: ResourceProvider = {
  async create({ RouteTableId, SubnetId }, { call }) {
    const { AssociationId } = await associateRouteTable({ RouteTableId, SubnetId }, call);
    return { status: 'done', physicalId: AssociationId!, attributes: { Id: AssociationId } };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () => disassociateRouteTable({ AssociationId: physicalId }, context.call)),
  read(physicalId, _properties, { call }) {
    try {
      const { table, association } = associationOf(call, physicalId);
      return { Id: physicalId, RouteTableId: table.RouteTableId, SubnetId: association.SubnetId };
    } catch (error) {
      if (error instanceof AwsFault) return undefined;
      throw error;
    }
  },
};
