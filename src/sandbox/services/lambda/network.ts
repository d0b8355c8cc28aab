import { randomUUID } from 'node:crypto';
import type { VpcConfig, VpcConfigResponse } from '@aws-sdk/client-lambda';
import { AwsFault } from '../../kernel/fault.ts';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { createNetworkInterfaceFor, deleteNetworkInterfaceOf } from '../ec2/network-interfaces.ts';
import { securityGroups, subnets } from '../ec2/state.ts';
import { invalidParameter, validation } from './refusals.ts';
import { roleMay } from './role.ts';
import { versions } from './state.ts';

/** Network interfaces, by subnet and security groups: functions with the same of both share one. */
const interfaces = defineTable<{ id: string; releasing?: string }>('lambda.interfaces');

const RELEASE = 'lambda.release-interface';
/**
 * AWS keeps an interface for up to twenty minutes after its last function is gone, usually less:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
const RELEASE_MS = 10 * 60_000;

/** The network of a function, looked up and checked; undefined when none was asked for. */
export function networkOf(given: VpcConfig | undefined, role: string, scope: Scope): VpcConfigResponse | undefined {
  if (given === undefined) return undefined;
  const { SubnetIds = [], SecurityGroupIds = [] } = given;
  requireIds('subnetIds', SubnetIds, 'subnet-[0-9a-z]*');
  requireIds('securityGroupIds', SecurityGroupIds, 'sg-[0-9a-zA-Z]*');
  const settings = { SubnetIds, SecurityGroupIds, Ipv6AllowedForDualStack: given.Ipv6AllowedForDualStack ?? false };
  if (SubnetIds.length === 0 && SecurityGroupIds.length === 0) return { ...settings, VpcId: '' };
  if (SubnetIds.length === 0 || SecurityGroupIds.length === 0)
    throw invalidParameter('SubnetIds and SecurityIds must coexist or be both empty list.');
  const found = SubnetIds.map((id) => {
    const row = subnets.in(scope).get(id);
    if (!row) throw fromEc2('DescribeSubnets', 'InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist`);
    return row;
  });
  for (const id of SecurityGroupIds)
    if (!securityGroups.in(scope).has(id))
      throw fromEc2('DescribeSecurityGroups', 'InvalidGroup.NotFound', `The security group '${id}' does not exist`);
  if (!roleMay(role, 'ec2:CreateNetworkInterface', '*', scope))
    throw invalidParameter(
      'The provided execution role does not have permissions to call CreateNetworkInterface on EC2',
    );
  return { ...settings, VpcId: found[0]!.VpcId };
}

function requireIds(member: string, ids: readonly string[], pattern: string): void {
  if (ids.every((id) => new RegExp(`^(?:${pattern})$`).test(id))) return;
  throw validation(
    `1 validation error detected: Value '[${ids.join(', ')}]' at 'vpcConfig.${member}' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 0, Member must satisfy regular expression pattern: ${pattern}]`,
  );
}

const fromEc2 = (operation: string, code: string, message: string) =>
  invalidParameter(`Error occurred while ${operation}. EC2 Error Code: ${code}. EC2 Error Message: ${message}`);

const keysOf = ({ SubnetIds = [], SecurityGroupIds = [] }: VpcConfigResponse): string[] =>
  SubnetIds.map((subnet) => [subnet, ...[...SecurityGroupIds].sort()].join('|'));

/** Gives a function its interfaces; answers why it cannot have them, in the codes of `StateReasonCode`. */
export function connect(
  name: string,
  network: VpcConfigResponse | undefined,
  scope: Scope,
): { reason: string; code: string } | undefined {
  const table = interfaces.in(scope);
  for (const key of network ? keysOf(network) : []) {
    const row = table.get(key);
    if (row) {
      if (row.releasing) scope.world.cancel(row.releasing);
      table.put(key, { id: row.id });
      continue;
    }
    const [subnetId = '', ...groupIds] = key.split('|');
    try {
      const { NetworkInterfaceId } = createNetworkInterfaceFor(scope, {
        subnetId,
        groupIds,
        description: `AWS Lambda VPC ENI-${name}-${randomUUID()}`,
        type: 'lambda',
        requesterId: `lambda:${name}`,
        requesterManaged: true,
      });
      table.put(key, { id: NetworkInterfaceId });
    } catch (error) {
      if (!(error instanceof AwsFault)) throw error;
      return { reason: error.message, code: REASONS[error.code] ?? 'InvalidSubnet' };
    }
  }
  return undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  InsufficientFreeAddressesInSubnet: 'SubnetOutOfIPAddresses',
  'InvalidGroup.NotFound': 'InvalidSecurityGroup',
};

/** What no version of any function uses any longer is given back, some time later. */
export function releaseUnused(scope: Scope): void {
  const used = new Set(
    versions
      .in(scope)
      .values()
      .flatMap(({ settings }) => (settings.VpcConfig ? keysOf(settings.VpcConfig) : [])),
  );
  const table = interfaces.in(scope);
  for (const [key, row] of table.entries()) {
    if (used.has(key) || row.releasing) continue;
    const timer = scope.world.schedule(scope, {
      afterMs: RELEASE_MS,
      kind: RELEASE,
      payload: { key },
      background: true,
    });
    table.put(key, { ...row, releasing: timer });
  }
}

export const networkTimers: Readonly<Record<string, TimerHandler>> = {
  [RELEASE]: ({ key }: { key: string }, scope) => {
    const row = interfaces.in(scope).get(key);
    if (!row?.releasing) return;
    deleteNetworkInterfaceOf(scope, row.id);
    interfaces.in(scope).delete(key);
  },
};
