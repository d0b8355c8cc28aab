import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createRoute } from '../operations/create-route.ts';
import { deleteRoute } from '../operations/delete-route.ts';
import { replaceRoute } from '../operations/replace-route.ts';
import { destinationOf, isTo } from '../routes.ts';
import { routeTables } from '../state.ts';
import { deleteWithPatience } from './dependents.ts';

/** Its id is `<table>|<destination>`: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-route.html */
export const route: ResourceProvider = {
  async create(properties, { call }) {
    await createRoute(inputOf(properties), call);
    const destination = Object.values(destinationOf(properties))[0]!;
    return {
      status: 'done',
      physicalId: `${properties.RouteTableId}|${destination}`,
      attributes: { CidrBlock: destination },
    };
  },
  async update({ after, physicalId }, { call }) {
    await replaceRoute(inputOf(after), call);
    return { status: 'done', physicalId };
  },
  delete: (properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () =>
      deleteRoute({ RouteTableId: properties.RouteTableId, ...destinationOf(properties) }, context.call),
    ),
  read(_physicalId, properties, { call }) {
    const table = routeTables.in(call).get(properties.RouteTableId);
    const row = table?.Routes.find((each) => isTo(each, destinationOf(properties)));
    if (!table || !row) return undefined;
    const { Origin: _, State: __, InstanceOwnerId: ___, ...live } = row;
    return { ...live, RouteTableId: table.RouteTableId, CidrBlock: Object.values(destinationOf(properties))[0] };
  },
};

const TARGETS = [
  'GatewayId',
  'NatGatewayId',
  'NetworkInterfaceId',
  'InstanceId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
  'EgressOnlyInternetGatewayId',
  'LocalGatewayId',
  'CarrierGatewayId',
  'VpcEndpointId',
  'CoreNetworkArn',
];

const inputOf = (properties: Properties) => ({
  RouteTableId: properties.RouteTableId,
  ...destinationOf(properties),
  ...Object.fromEntries(TARGETS.map((name) => [name, properties[name]])),
});
