import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createSubnet } from '../operations/create-subnet.ts';
import { deleteSubnet } from '../operations/delete-subnet.ts';
import { describeNetworkAcls } from '../operations/describe-network-acls.ts';
import { modifySubnetAttribute } from '../operations/modify-subnet-attribute.ts';
import { subnets } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { asBoolean, tagsFor, withoutSystemTags } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html */
export const subnet: ResourceProvider = {
  async create(properties, context) {
    const { Subnet } = await createSubnet(
      {
        VpcId: properties.VpcId,
        CidrBlock: properties.CidrBlock,
        AvailabilityZone: properties.AvailabilityZone,
        AvailabilityZoneId: properties.AvailabilityZoneId,
        Ipv6CidrBlock: properties.Ipv6CidrBlock,
      },
      context.call,
    );
    const physicalId = Subnet!.SubnetId!;
    await setPublic(physicalId, properties, context);
    setTags(context.call, physicalId, 'subnet', tagsFor(properties, context));
    return { status: 'done', physicalId, attributes: await attributesOf(physicalId, context) };
  },
  async update({ after, physicalId }, context) {
    await setPublic(physicalId, after, context);
    setTags(context.call, physicalId, 'subnet', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () => deleteSubnet({ SubnetId: physicalId }, context.call)),
  check: (_step, physicalId, _properties, context) =>
    deleteWithPatience(context, physicalId, () => deleteSubnet({ SubnetId: physicalId }, context.call)),
  async read(physicalId, _properties, context) {
    const row = subnets.in(context.call).get(physicalId);
    return (
      row && {
        ...(await attributesOf(physicalId, context)),
        MapPublicIpOnLaunch: row.MapPublicIpOnLaunch,
        Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
      }
    );
  },
};

async function setPublic(SubnetId: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  const Value = asBoolean(properties.MapPublicIpOnLaunch) ?? false;
  await modifySubnetAttribute({ SubnetId, MapPublicIpOnLaunch: { Value } }, call);
}

async function attributesOf(physicalId: string, { call }: ResourceContext): Promise<Properties> {
  const row = subnets.in(call).get(physicalId)!;
  const { NetworkAcls } = await describeNetworkAcls({ Filters: [{ Name: 'vpc-id', Values: [row.VpcId] }] }, call);
  const association = NetworkAcls?.[0]?.Associations?.find(({ SubnetId }) => SubnetId === physicalId);
  return {
    SubnetId: physicalId,
    VpcId: row.VpcId,
    CidrBlock: row.CidrBlock,
    AvailabilityZone: row.AvailabilityZone,
    AvailabilityZoneId: row.AvailabilityZoneId,
    Ipv6CidrBlocks: [],
    NetworkAclAssociationId: association?.NetworkAclAssociationId,
  };
}
