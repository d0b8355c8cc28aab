import type { DescribeVpcEndpointsRequest, DescribeVpcEndpointsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing } from '../faults.ts';
import { revived } from '../rows.ts';
import { type Fields, select } from '../select.ts';
import { type VpcEndpointRow, vpcEndpoints } from '../state.ts';
import { tagsOf } from '../tagging.ts';

const FIELDS: Fields<VpcEndpointRow> = {
  'service-name': (endpoint) => endpoint.ServiceName,
  'vpc-endpoint-id': (endpoint) => endpoint.VpcEndpointId,
  'vpc-endpoint-state': (endpoint) => endpoint.State,
  'vpc-endpoint-type': (endpoint) => endpoint.VpcEndpointType,
  'vpc-id': (endpoint) => endpoint.VpcId,
};

export const describeVpcEndpoints: Operation<DescribeVpcEndpointsRequest, DescribeVpcEndpointsResult> = (
  input,
  call,
) => {
  const { items, NextToken } = select(call, input, {
    rows: () => vpcEndpoints.in(call).values(),
    id: (endpoint) => endpoint.VpcEndpointId,
    ids: input.VpcEndpointIds,
    missing: missing.vpcEndpoint,
    fields: FIELDS,
  });
  return {
    VpcEndpoints: items.map((row) => ({ ...revived<object>(row), Tags: tagsOf(call, row.VpcEndpointId) })),
    NextToken,
  };
};
