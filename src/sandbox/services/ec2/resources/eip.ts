import type { ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { allocateAddress } from '../operations/allocate-address.ts';
import { associateAddress } from '../operations/associate-address.ts';
import { disassociateAddress } from '../operations/disassociate-address.ts';
import { releaseAddress } from '../operations/release-address.ts';
import { addresses } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { tagsFor, withoutSystemTags } from './property-values.ts';

/** `Ref` is the address itself: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html */
export const eip: ResourceProvider = {
  async create(properties, context) {
    const { AllocationId, PublicIp } = await allocateAddress({}, context.call);
    setTags(context.call, AllocationId!, 'elastic-ip', tagsFor(properties, context));
    if (properties.InstanceId) {
      await associateAddress({ AllocationId, InstanceId: properties.InstanceId }, context.call);
    }
    return { status: 'done', physicalId: PublicIp!, attributes: { AllocationId, PublicIp } };
  },
  async update({ before, after, physicalId }, context) {
    const row = addressOf(physicalId, context);
    if (row) setTags(context.call, row.AllocationId, 'elastic-ip', tagsFor(after, context));
    if (row && before.InstanceId !== after.InstanceId) {
      if (row.AssociationId) await disassociateAddress({ AssociationId: row.AssociationId }, context.call);
      if (after.InstanceId) {
        await associateAddress({ AllocationId: row.AllocationId, InstanceId: after.InstanceId }, context.call);
      }
    }
    return { status: 'done', physicalId };
  },
  delete: (properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, async () => {
      const row = addressOf(physicalId, context);
      if (properties.InstanceId && row?.AssociationId) {
        await disassociateAddress({ AssociationId: row.AssociationId }, context.call);
      }
      return row && releaseAddress({ AllocationId: row.AllocationId }, context.call);
    }),
  read(physicalId, _properties, context) {
    const row = addressOf(physicalId, context);
    return (
      row && {
        AllocationId: row.AllocationId,
        PublicIp: row.PublicIp,
        Domain: row.Domain,
        ...(row.InstanceId ? { InstanceId: row.InstanceId } : {}),
        Tags: withoutSystemTags(tagsOf(context.call, row.AllocationId), context),
      }
    );
  },
};

const addressOf = (publicIp: string, { call }: ResourceContext) =>
  addresses
    .in(call)
    .values()
    .find(({ PublicIp }) => PublicIp === publicIp);
