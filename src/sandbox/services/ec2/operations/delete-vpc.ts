import type { DeleteVpcRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { dependencyViolation, required } from '../faults.ts';
import { internetGatewayOf, vpcOf } from '../lookups.ts';
import {
  natGateways,
  networkAcls,
  networkInterfaces,
  routeTables,
  rules,
  securityGroups,
  subnets,
  vpcEndpoints,
  vpcs,
} from '../state.ts';
import { dropTags } from '../tagging.ts';

/** Refused while anything but the VPC's own main route table, default group and default network ACL is left in it. */
export const deleteVpc: Operation<DeleteVpcRequest, Record<never, never>> = (input, call) => {
  const { VpcId } = vpcOf(call, required(input.VpcId, 'vpcId'));
  const inVpc = (row: { VpcId?: string | undefined }) => row.VpcId === VpcId;
  const isInUse =
    internetGatewayOf(call, VpcId) !== undefined ||
    subnets.in(call).values().some(inVpc) ||
    networkInterfaces.in(call).values().some(inVpc) ||
    vpcEndpoints.in(call).values().some(inVpc) ||
    natGateways
      .in(call)
      .values()
      .some((gateway) => inVpc(gateway) && gateway.State !== 'deleted' && gateway.State !== 'failed') ||
    securityGroups
      .in(call)
      .values()
      .some((group) => inVpc(group) && group.GroupName !== 'default') ||
    routeTables
      .in(call)
      .values()
      .some((table) => inVpc(table) && !table.Associations.some(({ Main }) => Main));
  if (isInUse) throw dependencyViolation('vpc', VpcId);

  for (const group of securityGroups.in(call).values().filter(inVpc)) {
    for (const rule of rules
      .in(call)
      .values()
      .filter(({ GroupId }) => GroupId === group.GroupId)) {
      rules.in(call).delete(rule.SecurityGroupRuleId);
    }
    forget(securityGroups.in(call), group.GroupId);
  }
  for (const table of routeTables.in(call).values().filter(inVpc)) forget(routeTables.in(call), table.RouteTableId);
  for (const acl of networkAcls.in(call).values().filter(inVpc)) forget(networkAcls.in(call), acl.NetworkAclId);
  forget(vpcs.in(call), VpcId);
  return {};

  function forget(table: { delete(id: string): boolean }, id: string): void {
    dropTags(call, id);
    table.delete(id);
  }
};
