import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createNetworkInterface } from '../operations/create-network-interface.ts';
import { deleteNetworkInterface } from '../operations/delete-network-interface.ts';
import { modifyNetworkInterfaceAttribute } from '../operations/modify-network-interface-attribute.ts';
import { networkInterfaces } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { asBoolean, tagsFor, withoutSystemTags } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-networkinterface.html */
export const networkInterface: ResourceProvider = {
  async create(properties, context) {
    const { NetworkInterface } = await createNetworkInterface(
      {
        SubnetId: properties.SubnetId,
        Description: properties.Description,
        Groups: properties.GroupSet,
        PrivateIpAddress: properties.PrivateIpAddress,
      },
      context.call,
    );
    const physicalId = NetworkInterface!.NetworkInterfaceId!;
    setTags(context.call, physicalId, 'network-interface', tagsFor(properties, context));
    return {
      status: 'done',
      physicalId,
      attributes: {
        Id: physicalId,
        PrimaryPrivateIpAddress: NetworkInterface!.PrivateIpAddress,
        SecondaryPrivateIpAddresses: [],
        VpcId: NetworkInterface!.VpcId,
      },
    };
  },
  async update({ after, physicalId }, context) {
    await modifyNetworkInterfaceAttribute(
      {
        NetworkInterfaceId: physicalId,
        Groups: after.GroupSet,
        Description: { Value: after.Description ?? '' },
        SourceDestCheck: { Value: asBoolean(after.SourceDestCheck) ?? true },
      },
      context.call,
    );
    setTags(context.call, physicalId, 'network-interface', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () =>
      deleteNetworkInterface({ NetworkInterfaceId: physicalId }, context.call),
    ),
  read(physicalId, _properties, context) {
    const row = networkInterfaces.in(context.call).get(physicalId);
    return (
      row && {
        Id: physicalId,
        PrimaryPrivateIpAddress: row.PrivateIpAddress,
        SecondaryPrivateIpAddresses: [],
        VpcId: row.VpcId,
        SubnetId: row.SubnetId,
        Description: row.Description,
        GroupSet: row.Groups.map(({ GroupId }) => GroupId),
        Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
      }
    );
  },
};
