import type {
  CreateDBSubnetGroupCommandInput,
  CreateDBSubnetGroupCommandOutput,
  DeleteDBSubnetGroupCommandInput,
  DescribeDBSubnetGroupsCommandInput,
  DescribeDBSubnetGroupsCommandOutput,
  ModifyDBSubnetGroupCommandInput,
  ModifyDBSubnetGroupCommandOutput,
} from '@aws-sdk/client-rds';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { ensureDefaultVpc } from '../../ec2/default-vpc.ts';
import { subnets } from '../../ec2/state.ts';
import { listing } from '../listing.ts';
import { subnetGroupOf } from '../lookups.ts';
import { arnOf } from '../naming.ts';
import { invalidValue } from '../refusals.ts';
import { clusters, instances, type SubnetGroupRow, subnetGroups } from '../state.ts';
import { subnetGroupAnswer } from '../subnet-group-answer.ts';
import { mergeTags } from '../tags.ts';

export function createDBSubnetGroup(
  input: CreateDBSubnetGroupCommandInput,
  call: Call,
): Answer<CreateDBSubnetGroupCommandOutput> {
  const name = (input.DBSubnetGroupName ?? '').toLowerCase();
  if (!/^[a-z0-9._ -]{1,255}$/.test(name) || name === 'default')
    throw invalidValue(`The parameter DBSubnetGroupName is not a valid identifier: ${input.DBSubnetGroupName}`);
  if (!input.DBSubnetGroupDescription)
    throw invalidValue('The parameter DBSubnetGroupDescription must be provided and must not be blank.');
  if (subnetGroups.in(call).has(name))
    throw new AwsFault('DBSubnetGroupAlreadyExists', `The DB subnet group '${name}' already exists.`);
  const row = subnetGroups.in(call).put(name, {
    name,
    arn: arnOf(call, 'subgrp', name),
    description: input.DBSubnetGroupDescription,
    ...placed(input.SubnetIds, call),
    tags: mergeTags([], input.Tags),
  });
  return { DBSubnetGroup: subnetGroupAnswer(row) };
}

/** All subnets of one VPC, in at least two zones. */
function placed(ids: readonly string[] = [], call: Call): Pick<SubnetGroupRow, 'vpcId' | 'subnets'> {
  ensureDefaultVpc(call);
  const found = ids.map((id) => subnets.in(call).get(id));
  const [first] = found;
  if (!first || found.some((subnet) => subnet?.VpcId !== first.VpcId))
    throw new AwsFault(
      'InvalidSubnet',
      `The requested subnet ${ids[found.findIndex((subnet) => !subnet || subnet.VpcId !== first?.VpcId)]} is invalid, or multiple subnets were requested that are not all in a common VPC.`,
    );
  const zones = [...new Set(found.map((subnet) => subnet!.AvailabilityZone))].sort();
  if (zones.length < 2)
    throw new AwsFault(
      'DBSubnetGroupDoesNotCoverEnoughAZs',
      `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zones.join(', ')}. Add subnets to cover at least 2 AZs.`,
    );
  return {
    vpcId: first.VpcId,
    subnets: found.map((subnet) => ({ id: subnet!.SubnetId, zone: subnet!.AvailabilityZone })),
  };
}

export function describeDBSubnetGroups(
  input: DescribeDBSubnetGroupsCommandInput,
  call: Call,
): Answer<DescribeDBSubnetGroupsCommandOutput> {
  const rows =
    input.DBSubnetGroupName === undefined
      ? subnetGroups.in(call).values()
      : [subnetGroupOf(call, input.DBSubnetGroupName)];
  const { items, end } = listing(rows, input);
  return { DBSubnetGroups: items.map(subnetGroupAnswer), ...end };
}

const usersOf = (name: string, call: Call): string[] =>
  [...instances.in(call).values(), ...clusters.in(call).values()]
    .filter(({ subnetGroup }) => subnetGroup === name)
    .map(({ id }) => id);

export function modifyDBSubnetGroup(
  input: ModifyDBSubnetGroupCommandInput,
  call: Call,
): Answer<ModifyDBSubnetGroupCommandOutput> {
  const { name } = subnetGroupOf(call, input.DBSubnetGroupName ?? '');
  const { vpcId, subnets: given } = placed(input.SubnetIds, call);
  const before = subnetGroups.in(call).get(name)!;
  if (usersOf(name, call).length > 0 && vpcId !== before.vpcId)
    throw new AwsFault('InvalidSubnet', `The new Subnets are not in the same Vpc as the existing subnet group`);
  const row = subnetGroups.in(call).update(name, (draft) => {
    draft.vpcId = vpcId;
    draft.subnets = given;
    if (input.DBSubnetGroupDescription !== undefined) draft.description = input.DBSubnetGroupDescription;
  });
  return { DBSubnetGroup: subnetGroupAnswer(row) };
}

export function deleteDBSubnetGroup(
  { DBSubnetGroupName }: DeleteDBSubnetGroupCommandInput,
  call: Call,
): Record<string, never> {
  const { name } = subnetGroupOf(call, DBSubnetGroupName ?? '');
  const [user] = usersOf(name, call);
  if (user !== undefined)
    throw new AwsFault(
      'InvalidDBSubnetGroupStateFault',
      `Cannot delete the subnet group '${name}' because at least one database instance: ${user} is still using it.`,
    );
  subnetGroups.in(call).delete(name);
  return {};
}
