import type { AssociateVpcCidrBlockRequest, AssociateVpcCidrBlockResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { formatCidr, overlaps, parseCidr } from '../cidr.ts';
import { invalidValue, notSimulated, required } from '../faults.ts';
import { freshId } from '../ids.ts';
import { vpcOf } from '../lookups.ts';
import { routeTables, vpcs } from '../state.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const BLOCKS_PER_VPC = 5;

export const associateVpcCidrBlock: Operation<AssociateVpcCidrBlockRequest, AssociateVpcCidrBlockResult> = (
  input,
  call,
) => {
  const vpc = vpcOf(call, required(input.VpcId, 'vpcId'));
  if (!input.CidrBlock) throw notSimulated('IPv6 and IPAM pools');
  const block = parseCidr(input.CidrBlock);
  if (!block) throw invalidValue(input.CidrBlock, 'cidrBlock', 'This is not a valid CIDR block.');
  if (block.prefix < 16 || block.prefix > 28) {
    throw new AwsFault('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
  }
  if (vpc.CidrBlockAssociationSet.some(({ CidrBlock }) => overlaps(parseCidr(CidrBlock!)!, block))) {
    throw new AwsFault(
      'InvalidVpc.Conflict',
      `The CIDR '${input.CidrBlock}' conflicts with another CIDR block of the VPC.`,
    );
  }
  if (vpc.CidrBlockAssociationSet.length >= BLOCKS_PER_VPC) {
    throw new AwsFault(
      'VpcCidrLimitExceeded',
      `This network '${vpc.VpcId}' has met its maximum number of allowed CIDRs: ${BLOCKS_PER_VPC}`,
    );
  }

  const CidrBlock = formatCidr(block);
  const AssociationId = freshId('vpc-cidr-assoc');
  vpcs.in(call).update(vpc.VpcId, (draft) => {
    draft.CidrBlockAssociationSet.push({ AssociationId, CidrBlock, CidrBlockState: { State: 'associated' } });
  });
  for (const table of routeTables
    .in(call)
    .values()
    .filter(({ VpcId }) => VpcId === vpc.VpcId)) {
    routeTables.in(call).update(table.RouteTableId, (draft) => {
      draft.Routes.push({
        DestinationCidrBlock: CidrBlock,
        GatewayId: 'local',
        Origin: 'CreateRouteTable',
        State: 'active',
      });
    });
  }
  return {
    VpcId: vpc.VpcId,
    CidrBlockAssociation: { AssociationId, CidrBlock, CidrBlockState: { State: 'associating' } },
  };
};
