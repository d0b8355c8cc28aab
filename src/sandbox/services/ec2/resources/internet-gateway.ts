import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createInternetGateway } from '../operations/create-internet-gateway.ts';
import { deleteInternetGateway } from '../operations/delete-internet-gateway.ts';
import { internetGateways } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { tagsFor, withoutSystemTags } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-internetgateway.html */
export const internetGateway: ResourceProvider = {
  async create(properties, context) {
    const { InternetGateway } = await createInternetGateway({}, context.call);
    const physicalId = InternetGateway!.InternetGatewayId!;
    setTags(context.call, physicalId, 'internet-gateway', tagsFor(properties, context));
    return { status: 'done', physicalId, attributes: { InternetGatewayId: physicalId } };
  },
  update({ after, physicalId }, context) {
    setTags(context.call, physicalId, 'internet-gateway', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () =>
      deleteInternetGateway({ InternetGatewayId: physicalId }, context.call),
    ),
  check: (_step, physicalId, _properties, context) =>
    deleteWithPatience(context, physicalId, () =>
      deleteInternetGateway({ InternetGatewayId: physicalId }, context.call),
    ),
  read: (physicalId, _properties, context) =>
    internetGateways.in(context.call).has(physicalId)
      ? {
          InternetGatewayId: physicalId,
          Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
        }
      : undefined,
};
