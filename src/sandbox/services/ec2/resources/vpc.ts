import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { defaultGroupOf } from '../lookups.ts';
import { createVpc } from '../operations/create-vpc.ts';
import { deleteVpc } from '../operations/delete-vpc.ts';
import { modifyVpcAttribute } from '../operations/modify-vpc-attribute.ts';
import { networkAcls, vpcs } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { deleteWithPatience } from './dependents.ts';
import { asBoolean, tagsFor, withoutSystemTags } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html */
export const vpc: ResourceProvider = {
  async create(properties, context) {
    const { Vpc } = await createVpc(
      {
        CidrBlock: properties.CidrBlock,
        InstanceTenancy: properties.InstanceTenancy,
        Ipv4IpamPoolId: properties.Ipv4IpamPoolId,
      },
      context.call,
    );
    const physicalId = Vpc!.VpcId!;
    await setDns(physicalId, properties, context);
    setTags(context.call, physicalId, 'vpc', tagsFor(properties, context));
    return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
  },
  async update({ after, physicalId }, context) {
    await setDns(physicalId, after, context);
    setTags(context.call, physicalId, 'vpc', tagsFor(after, context));
    return { status: 'done', physicalId };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () => deleteVpc({ VpcId: physicalId }, context.call)),
  check: (_step, physicalId, _properties, context) =>
    deleteWithPatience(context, physicalId, () => deleteVpc({ VpcId: physicalId }, context.call)),
  read(physicalId, _properties, context) {
    const row = vpcs.in(context.call).get(physicalId);
    return (
      row && {
        ...attributesOf(physicalId, context),
        CidrBlock: row.CidrBlock,
        InstanceTenancy: row.InstanceTenancy,
        EnableDnsSupport: row.EnableDnsSupport,
        EnableDnsHostnames: row.EnableDnsHostnames,
        Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
      }
    );
  },
};

/** DNS support first: names need it, and the API takes one attribute at a time. */
async function setDns(VpcId: string, properties: Properties, { call }: ResourceContext): Promise<void> {
  const support = asBoolean(properties.EnableDnsSupport) ?? true;
  const hostnames = asBoolean(properties.EnableDnsHostnames) ?? false;
  await modifyVpcAttribute({ VpcId, EnableDnsSupport: { Value: support } }, call);
  await modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: hostnames } }, call);
}

function attributesOf(physicalId: string, { call }: ResourceContext): Properties {
  const row = vpcs.in(call).get(physicalId)!;
  return {
    VpcId: physicalId,
    CidrBlock: row.CidrBlock,
    CidrBlockAssociations: row.CidrBlockAssociationSet.map(({ AssociationId }) => AssociationId),
    DefaultNetworkAcl: networkAcls
      .in(call)
      .values()
      .find(({ VpcId, IsDefault }) => VpcId === physicalId && IsDefault)?.NetworkAclId,
    DefaultSecurityGroup: defaultGroupOf(call, physicalId).GroupId,
    Ipv6CidrBlocks: [],
  };
}
