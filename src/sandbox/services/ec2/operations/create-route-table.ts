import type { CreateRouteTableRequest, CreateRouteTableResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { required } from '../faults.ts';
import { freshId } from '../ids.ts';
import { vpcOf } from '../lookups.ts';
import { revived } from '../rows.ts';
import { routeTables } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const TABLES_PER_VPC = 200;

export const createRouteTable: Operation<CreateRouteTableRequest, CreateRouteTableResult> = (input, call) => {
  const vpc = vpcOf(call, required(input.VpcId, 'vpcId'));
  const tags = requestedTags(input.TagSpecifications, 'route-table');
  if (
    routeTables
      .in(call)
      .values()
      .filter(({ VpcId }) => VpcId === vpc.VpcId).length >= TABLES_PER_VPC
  ) {
    throw new AwsFault('RouteTableLimitExceeded', 'The maximum number of route tables has been reached.');
  }
  const id = freshId('rtb');
  const row = routeTables.in(call).put(id, {
    RouteTableId: id,
    VpcId: vpc.VpcId,
    OwnerId: call.account,
    Associations: [],
    PropagatingVgws: [],
    Routes: vpc.CidrBlockAssociationSet.map(({ CidrBlock }) => ({
      DestinationCidrBlock: CidrBlock!,
      GatewayId: 'local',
      Origin: 'CreateRouteTable',
      State: 'active',
    })),
  });
  putTags(call, id, 'route-table', tags);
  return { RouteTable: { ...revived<object>(row), Tags: tags } };
};
