import type { ResourceProvider } from '../../../kernel/resource-provider.ts';
import { associateVpcCidrBlock } from '../operations/associate-vpc-cidr-block.ts';
import { disassociateVpcCidrBlock } from '../operations/disassociate-vpc-cidr-block.ts';
import { vpcs } from '../state.ts';
import { deleteWithPatience } from './dependents.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpccidrblock.html */
export const vpcCidrBlock: ResourceProvider = {
  async create({ VpcId, CidrBlock }, { call }) {
    const { CidrBlockAssociation } = await associateVpcCidrBlock({ VpcId, CidrBlock }, call);
    const physicalId = CidrBlockAssociation!.AssociationId!;
    return { status: 'done', physicalId, attributes: { Id: physicalId } };
  },
  delete: (_properties, physicalId, context) =>
    deleteWithPatience(context, physicalId, () =>
      disassociateVpcCidrBlock({ AssociationId: physicalId }, context.call),
    ),
  check: (_step, physicalId, _properties, context) =>
    deleteWithPatience(context, physicalId, () =>
      disassociateVpcCidrBlock({ AssociationId: physicalId }, context.call),
    ),
  read(physicalId, { VpcId }, { call }) {
    const association = vpcs
      .in(call)
      .get(VpcId)
      ?.CidrBlockAssociationSet.find(({ AssociationId }) => AssociationId === physicalId);
    return association && { Id: physicalId, VpcId, CidrBlock: association.CidrBlock };
  },
};
