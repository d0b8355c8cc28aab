import type { ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { notSimulated } from '../faults.ts';
import { internetGatewayOf } from '../lookups.ts';
import { attachInternetGateway } from '../operations/attach-internet-gateway.ts';
import { detachInternetGateway } from '../operations/detach-internet-gateway.ts';
import { deleteWithPatience } from './dependents.ts';

/** Its id is `IGW|<vpc>`: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcgatewayattachment.html */
export const vpcGatewayAttachment: ResourceProvider = {
  async create({ VpcId, InternetGatewayId, VpnGatewayId }, { call }) {
    if (VpnGatewayId) throw notSimulated('virtual private gateways');
    await attachInternetGateway({ VpcId, InternetGatewayId }, call);
    return { status: 'done', physicalId: `IGW|${VpcId}`, attributes: { AttachmentType: 'IGW' } };
  },
  async update({ before, after, physicalId }, { call }) {
    if (before.InternetGatewayId !== after.InternetGatewayId) {
      await detachInternetGateway({ VpcId: after.VpcId, InternetGatewayId: before.InternetGatewayId }, call);
      await attachInternetGateway({ VpcId: after.VpcId, InternetGatewayId: after.InternetGatewayId }, call);
    }
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) => detach(physicalId, context),
  check: (_step, physicalId, _properties, context) => detach(physicalId, context),
  read(physicalId, _properties, { call }) {
    const VpcId = physicalId.split('|')[1]!;
    const gateway = internetGatewayOf(call, VpcId);
    return gateway && { AttachmentType: 'IGW', VpcId, InternetGatewayId: gateway.InternetGatewayId };
  },
};

function detach(physicalId: string, context: ResourceContext) {
  const VpcId = physicalId.split('|')[1]!;
  return deleteWithPatience(context, physicalId, () => {
    const gateway = internetGatewayOf(context.call, VpcId);
    return gateway && detachInternetGateway({ VpcId, InternetGatewayId: gateway.InternetGatewayId }, context.call);
  });
}
