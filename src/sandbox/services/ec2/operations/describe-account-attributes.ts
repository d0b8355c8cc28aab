import type { DescribeAccountAttributesRequest, DescribeAccountAttributesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { defaultVpcOf } from '../default-vpc.ts';

export const describeAccountAttributes: Operation<DescribeAccountAttributesRequest, DescribeAccountAttributesResult> = (
  input,
  call,
) => {
  const attributes: Record<string, string> = {
    'supported-platforms': 'VPC',
    'default-vpc': defaultVpcOf(call)?.VpcId ?? 'none',
    'vpc-max-security-groups-per-interface': '5',
    'max-instances': '20',
    'max-elastic-ips': '5',
    'vpc-max-elastic-ips': '5',
  };
  return {
    AccountAttributes: Object.entries(attributes)
      .filter(([name]) => !input.AttributeNames?.length || (input.AttributeNames as string[]).includes(name))
      .map(([AttributeName, AttributeValue]) => ({ AttributeName, AttributeValues: [{ AttributeValue }] })),
  };
};
