import type { DescribeNatGatewaysRequest, DescribeNatGatewaysResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type NatGatewayRow, natGateways } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<NatGatewayRow> = {
  'nat-gateway-id': (gateway) => gateway.NatGatewayId,
  state: (gateway) => gateway.State,
  'subnet-id': (gateway) => gateway.SubnetId,
  'vpc-id': (gateway) => gateway.VpcId,
};

export const describeNatGateways: Operation<DescribeNatGatewaysRequest, DescribeNatGatewaysResult> = (input, call) => {
  const { items, NextToken } = select(
    call,
    { ...input, Filters: input.Filter },
    {
      rows: () => natGateways.in(call).values(),
      id: (gateway) => gateway.NatGatewayId,
      ids: input.NatGatewayIds,
      missing: (id) => new AwsFault('NatGatewayNotFound', `NatGateway ${id} was not found`),
      fields: FIELDS,
    },
  );
  return {
    NatGateways: items.map((row) => ({ ...revived<object>(row), Tags: tagsOf(call, row.NatGatewayId) })),
    NextToken,
  };
};
