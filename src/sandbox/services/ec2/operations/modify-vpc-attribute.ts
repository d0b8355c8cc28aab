import type { ModifyVpcAttributeRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missingParameter, required } from '../faults.ts';
import { vpcOf } from '../lookups.ts';
import { vpcs } from '../state.ts';

/** One attribute at a time: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html */
export const modifyVpcAttribute: Operation<ModifyVpcAttributeRequest, Record<never, never>> = (input, call) => {
  const { VpcId } = vpcOf(call, required(input.VpcId, 'vpcId'));
  const wanted = (['EnableDnsSupport', 'EnableDnsHostnames', 'EnableNetworkAddressUsageMetrics'] as const).filter(
    (attribute) => input[attribute] !== undefined,
  );
  if (wanted.length > 1) {
    throw new AwsFault('InvalidParameterCombination', 'Fields for multiple attribute types specified');
  }
  const attribute = wanted[0];
  if (!attribute) throw missingParameter('attribute');
  vpcs.in(call).update(VpcId, (draft) => {
    draft[attribute] = input[attribute]?.Value ?? false;
  });
  return {};
};
