import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createNatGateway } from '../operations/create-nat-gateway.ts';
import { deleteNatGateway } from '../operations/delete-nat-gateway.ts';
import { natGateways } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { isGone } from './dependents.ts';
import { tagsFor, withoutSystemTags } from './property-values.ts';

const EVERY_MS = 10_000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-natgateway.html */
export const natGateway: ResourceProvider = {
  async create(properties, context) {
    const { NatGateway } = await createNatGateway(
      {
        SubnetId: properties.SubnetId,
        VpcId: properties.VpcId,
        AllocationId: properties.AllocationId,
        ConnectivityType: properties.ConnectivityType,
        PrivateIpAddress: properties.PrivateIpAddress,
      },
      context.call,
    );
    const physicalId = NatGateway!.NatGatewayId!;
    setTags(context.call, physicalId, 'natgateway', tagsFor(properties, context));
    return { status: 'pending', physicalId, afterMs: EVERY_MS };
  },
  update({ after, physicalId }, context) {
    setTags(context.call, physicalId, 'natgateway', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  async delete(_properties, physicalId, context) {
    try {
      await deleteNatGateway({ NatGatewayId: physicalId }, context.call);
    } catch (error) {
      if (isGone(error)) return { status: 'done', physicalId };
      throw error;
    }
    return deletion(physicalId, context);
  },
  check: (step, physicalId, _properties, context) =>
    step === 'delete' ? deletion(physicalId, context) : creation(physicalId, context),
  read(physicalId, _properties, context) {
    const row = natGateways.in(context.call).get(physicalId);
    if (!row || row.State === 'deleted') return undefined;
    return {
      ...attributesOf(physicalId, context),
      SubnetId: row.SubnetId,
      VpcId: row.VpcId,
      ConnectivityType: row.ConnectivityType,
      ...(row.NatGatewayAddresses[0]?.AllocationId ? { AllocationId: row.NatGatewayAddresses[0].AllocationId } : {}),
      Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
    };
  },
};

function creation(physicalId: string, context: ResourceContext): Progress {
  const row = natGateways.in(context.call).get(physicalId);
  if (row?.State === 'available') return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
  if (row?.State === 'pending') return { status: 'pending', physicalId, afterMs: EVERY_MS };
  return {
    status: 'failed',
    physicalId,
    code: 'NotStabilized',
    reason: `NatGateway ${physicalId} is in state ${row?.State ?? 'deleted'} and hence failed to stabilize. Detailed failure message: ${row?.FailureMessage ?? ''}`,
  };
}

function deletion(physicalId: string, { call }: ResourceContext): Progress {
  const state = natGateways.in(call).get(physicalId)?.State;
  return state === undefined || state === 'deleted'
    ? { status: 'done', physicalId }
    : { status: 'pending', physicalId, afterMs: EVERY_MS };
}

const attributesOf = (physicalId: string, { call }: ResourceContext): Properties => ({
  NatGatewayId: physicalId,
  EniId: natGateways.in(call).get(physicalId)?.NatGatewayAddresses[0]?.NetworkInterfaceId,
});
