import type { SetSecurityGroupsInput, SetSecurityGroupsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { setNetworkInterfaceGroups } from '../../ec2/network-interfaces.ts';
import { required } from '../faults.ts';
import { loadBalancerOf } from '../lookups.ts';
import { checkGroups } from '../placement.ts';
import { loadBalancers } from '../state.ts';
import { lookAgainAtAll } from '../target-health.ts';

export const setSecurityGroups: Operation<SetSecurityGroupsInput, SetSecurityGroupsOutput> = (input, call) => {
  const row = loadBalancerOf(call, input.LoadBalancerArn);
  const groups = required(input.SecurityGroups, 'securityGroups');
  checkGroups(call, row.VpcId, groups);
  for (const eni of row.networkInterfaceIds) setNetworkInterfaceGroups(call, eni, groups);
  loadBalancers.in(call).update(row.LoadBalancerArn, (draft) => {
    draft.SecurityGroups = groups;
  });
  lookAgainAtAll(call);
  return { SecurityGroupIds: groups };
};
