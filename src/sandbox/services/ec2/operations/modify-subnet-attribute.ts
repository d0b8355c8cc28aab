import type { ModifySubnetAttributeRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missingParameter, notSimulated, required } from '../faults.ts';
import { subnetOf } from '../lookups.ts';
import { subnets } from '../state.ts';

/** One attribute at a time: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySubnetAttribute.html */
export const modifySubnetAttribute: Operation<ModifySubnetAttributeRequest, Record<never, never>> = (input, call) => {
  const { SubnetId } = subnetOf(call, required(input.SubnetId, 'subnetId'));
  const { SubnetId: _, ...attributes } = input;
  const wanted = Object.entries(attributes).filter(([, value]) => value !== undefined);
  if (wanted.length > 1) {
    throw new AwsFault('InvalidParameterCombination', 'Fields for multiple attribute types specified');
  }
  if (wanted.length === 0) throw missingParameter('attribute');
  if (input.MapPublicIpOnLaunch) {
    subnets.in(call).update(SubnetId, (draft) => {
      draft.MapPublicIpOnLaunch = input.MapPublicIpOnLaunch?.Value ?? false;
    });
  } else if (input.PrivateDnsHostnameTypeOnLaunch) {
    subnets.in(call).update(SubnetId, (draft) => {
      draft.PrivateDnsNameOptionsOnLaunch = {
        ...draft.PrivateDnsNameOptionsOnLaunch,
        HostnameType: input.PrivateDnsHostnameTypeOnLaunch!,
      };
    });
  } else {
    throw notSimulated(`the subnet attribute ${wanted[0]![0]}`);
  }
  return {};
};
