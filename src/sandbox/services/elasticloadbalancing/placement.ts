import type { CreateLoadBalancerInput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { internetGatewayOf } from '../ec2/lookups.ts';
import { createNetworkInterfaceFor, freeAddressCount } from '../ec2/network-interfaces.ts';
import { type SubnetRow, securityGroups, subnets } from '../ec2/state.ts';
import { fullName } from './arns.ts';
import { invalid, misconfigured } from './faults.ts';
import type { LoadBalancerRow } from './state.ts';

const FREE_ADDRESSES = 8;

/** The subnets of an application load balancer: two zones or more, one subnet each, all of one VPC. */
export function placement(
  scope: Scope,
  { Subnets, SubnetMappings, Scheme }: Pick<CreateLoadBalancerInput, 'Subnets' | 'SubnetMappings' | 'Scheme'>,
): SubnetRow[] {
  if (Subnets?.length && SubnetMappings?.length) {
    throw misconfigured('You must specify either subnets or subnet mappings, not both');
  }
  const ids = Subnets?.length ? Subnets : (SubnetMappings ?? []).map(({ SubnetId }) => SubnetId ?? '');
  const found = ids.map((id) => {
    const row = subnets.in(scope).get(id);
    if (!row) throw new AwsFault('SubnetNotFound', `The subnet ID '${id}' does not exist`);
    return row;
  });
  const zones = new Set(found.map(({ AvailabilityZone }) => AvailabilityZone));
  if (zones.size < found.length) {
    throw misconfigured('A load balancer cannot be attached to multiple subnets in the same Availability Zone');
  }
  if (zones.size < 2) throw invalid('At least two subnets in two different Availability Zones must be specified');
  const [vpcId, ...others] = new Set(found.map(({ VpcId }) => VpcId));
  if (others.length > 0) throw misconfigured('All subnets must belong to the same VPC');
  if (Scheme !== 'internal' && !internetGatewayOf(scope, vpcId!)) {
    throw new AwsFault('InvalidSubnet', `VPC ${vpcId} has no internet gateway`);
  }
  const full = found.find((subnet) => freeAddressCount(scope, subnet) < FREE_ADDRESSES);
  if (full) {
    throw new AwsFault(
      'InvalidSubnet',
      `Not enough IP space available in ${full.SubnetId}. ELB requires at least ${FREE_ADDRESSES} free IP addresses in each subnet.`,
    );
  }
  return found;
}

export function checkGroups(scope: Scope, vpcId: string, groupIds: readonly string[]): void {
  if (groupIds.some((id) => securityGroups.in(scope).get(id)?.VpcId !== vpcId)) {
    throw new AwsFault('InvalidSecurityGroup', 'One or more security groups are invalid');
  }
}

/** One interface per subnet, which keeps subnets and groups from being deleted while the load balancer lives. */
export function interfacesFor(
  scope: Scope,
  { LoadBalancerArn, Scheme }: Pick<LoadBalancerRow, 'LoadBalancerArn' | 'Scheme'>,
  subnetIds: readonly string[],
  groupIds: readonly string[],
): string[] {
  return subnetIds.map(
    (subnetId) =>
      createNetworkInterfaceFor(scope, {
        subnetId,
        groupIds,
        description: `ELB ${fullName(LoadBalancerArn)}`,
        requesterId: 'amazon-elb',
        requesterManaged: true,
        publicAddress: Scheme !== 'internal',
      }).NetworkInterfaceId,
  );
}
