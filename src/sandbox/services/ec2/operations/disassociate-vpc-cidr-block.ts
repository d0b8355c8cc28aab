import type { DisassociateVpcCidrBlockRequest, DisassociateVpcCidrBlockResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { contains, parseCidr } from '../cidr.ts';
import { required } from '../faults.ts';
import { routeTables, subnets, vpcs } from '../state.ts';

export const disassociateVpcCidrBlock: Operation<DisassociateVpcCidrBlockRequest, DisassociateVpcCidrBlockResult> = (
  input,
  call,
) => {
  const id = required(input.AssociationId, 'associationId');
  const vpc = vpcs
    .in(call)
    .values()
    .find(({ CidrBlockAssociationSet }) => CidrBlockAssociationSet.some(({ AssociationId }) => AssociationId === id));
  const association = vpc?.CidrBlockAssociationSet.find(({ AssociationId }) => AssociationId === id);
  if (!vpc || !association) {
    throw new AwsFault(
      'InvalidVpcCidrBlockAssociationID.NotFound',
      `The vpc CIDR block association ID '${id}' does not exist`,
    );
  }
  if (association.CidrBlock === vpc.CidrBlock) {
    throw new AwsFault(
      'OperationNotPermitted',
      `The vpc CIDR block with association ID ${id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
    );
  }
  const block = parseCidr(association.CidrBlock!)!;
  const isInUse = subnets
    .in(call)
    .values()
    .some((subnet) => subnet.VpcId === vpc.VpcId && contains(block, parseCidr(subnet.CidrBlock)!));
  if (isInUse) {
    throw new AwsFault(
      'DependencyViolation',
      `The CIDR block '${association.CidrBlock}' has dependencies and cannot be disassociated.`,
    );
  }

  vpcs.in(call).update(vpc.VpcId, (draft) => {
    draft.CidrBlockAssociationSet = draft.CidrBlockAssociationSet.filter(({ AssociationId }) => AssociationId !== id);
  });
  for (const table of routeTables
    .in(call)
    .values()
    .filter(({ VpcId }) => VpcId === vpc.VpcId)) {
    routeTables.in(call).update(table.RouteTableId, (draft) => {
      draft.Routes = draft.Routes.filter(
        (route) => route.GatewayId !== 'local' || route.DestinationCidrBlock !== association.CidrBlock,
      );
    });
  }
  return {
    VpcId: vpc.VpcId,
    CidrBlockAssociation: {
      AssociationId: id,
      CidrBlock: association.CidrBlock,
      CidrBlockState: { State: 'disassociating' },
    },
  };
};
