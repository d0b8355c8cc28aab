import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createRouteTable } from '../operations/create-route-table.ts';
import { deleteRouteTable } from '../operations/delete-route-table.ts';
import { routeTables } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { tagsFor, withoutSystemTags } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-routetable.html */
export const routeTable: ResourceProvider = {
  async create(properties, context) {
    const { RouteTable } = await createRouteTable({ VpcId: properties.VpcId }, context.call);
    const physicalId = RouteTable!.RouteTableId!;
    setTags(context.call, physicalId, 'route-table', tagsFor(properties, context));
    return { status: 'done', physicalId, attributes: { RouteTableId: physicalId } };
  },
  update({ after, physicalId }, context) {
    setTags(context.call, physicalId, 'route-table', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () => deleteRouteTable({ RouteTableId: physicalId }, context.call)),
  check: (_step, physicalId, _properties, context) =>
    deleteWithPatience(context, physicalId, () => deleteRouteTable({ RouteTableId: physicalId }, context.call)),
  read(physicalId, _properties, context) {
    const row = routeTables.in(context.call).get(physicalId);
    return (
      row && {
        RouteTableId: physicalId,
        VpcId: row.VpcId,
        Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
      }
    );
  },
};
