import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { ensureDefaultVpc } from '../ec2/default-vpc.ts';
import { defaultGroupOf } from '../ec2/lookups.ts';
import { securityGroups, subnets, vpcs } from '../ec2/state.ts';
import { subnetGroupOf } from './lookups.ts';
import { arnOf } from './naming.ts';
import { invalidCombination, invalidValue } from './refusals.ts';
import { type SubnetGroupRow, subnetGroups } from './state.ts';

/** The group that was named, or the one named `default`, which RDS makes of the default VPC when it is first needed. */
export function chosenSubnetGroup(scope: Scope, name: string | undefined): SubnetGroupRow {
  if (name !== undefined) return subnetGroupOf(scope, name);
  ensureDefaultVpc(scope);
  const vpc = vpcs
    .in(scope)
    .values()
    .find(({ IsDefault }) => IsDefault);
  const found = subnets
    .in(scope)
    .values()
    .filter(({ VpcId }) => VpcId === vpc?.VpcId);
  if (!vpc || found.length === 0)
    throw new AwsFault(
      'InvalidSubnet',
      'No default subnet detected in VPC. Please contact AWS Support to recreate the default Subnets.',
    );
  return (
    subnetGroups.in(scope).get('default') ??
    subnetGroups.in(scope).put('default', {
      name: 'default',
      arn: arnOf(scope, 'subgrp', 'default'),
      description: 'default',
      vpcId: vpc.VpcId,
      subnets: found.map(({ SubnetId, AvailabilityZone }) => ({ id: SubnetId, zone: AvailabilityZone })),
      tags: [],
    })
  );
}

/** The groups that were named, each of the database's VPC, or the VPC's own default group. */
export function chosenSecurityGroups(scope: Scope, ids: readonly string[] | undefined, vpcId: string): string[] {
  if (!ids || ids.length === 0) return [defaultGroupOf(scope, vpcId).GroupId];
  for (const id of ids) {
    const group = securityGroups.in(scope).get(id);
    if (!group) throw invalidValue(`Invalid security group , groupId= ${id}, groupName=.`);
    if (group.VpcId !== vpcId)
      throw invalidCombination(
        `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcId} and the EC2 security group is in ${group.VpcId}`,
      );
  }
  return [...ids];
}
