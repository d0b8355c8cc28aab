import type { DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type InternetGatewayRow, internetGateways } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<InternetGatewayRow> = {
  'attachment.state': (gateway) => gateway.Attachments.map(({ State }) => State),
  'attachment.vpc-id': (gateway) => gateway.Attachments.map(({ VpcId }) => VpcId),
  'internet-gateway-id': (gateway) => gateway.InternetGatewayId,
  'owner-id': (gateway) => gateway.OwnerId,
};

export const describeInternetGateways: Operation<DescribeInternetGatewaysRequest, DescribeInternetGatewaysResult> = (
  input,
  call,
) => {
  const { items, NextToken } = select(call, input, {
    rows: () => internetGateways.in(call).values(),
    id: (gateway) => gateway.InternetGatewayId,
    ids: input.InternetGatewayIds,
    missing: missing.internetGateway,
    fields: FIELDS,
  });
  return {
    InternetGateways: items.map((row) => ({ ...revived<object>(row), Tags: tagsOf(call, row.InternetGatewayId) })),
    NextToken,
  };
};
