import type { CreateSubnetRequest, CreateSubnetResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation, Scope } from '../../../kernel/scope.ts';
import { type Zone, zonesOf } from '../availability-zones.ts';
import { contains, formatCidr, overlaps, parseCidr } from '../cidr.ts';
import { putSubnet } from '../default-vpc.ts';
import { invalidValue, missingParameter, notSimulated, required } from '../faults.ts';
import { vpcOf } from '../lookups.ts';
import { freeAddressCount } from '../network-interfaces.ts';
import { revived } from '../rows.ts';
import { subnets, type VpcRow } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const SUBNETS_PER_VPC = 200;

export const createSubnet: Operation<CreateSubnetRequest, CreateSubnetResult> = (input, call) => {
  const vpc = vpcOf(call, required(input.VpcId, 'vpcId'));
  if (input.Ipv6CidrBlock || input.Ipv6Native || input.Ipv4IpamPoolId) throw notSimulated('IPv6 and IPAM pools');
  if (!input.CidrBlock) throw missingParameter('cidrBlock');
  const cidr = validBlock(call, vpc, input.CidrBlock);
  const zone = zoneFor(call, input);
  const tags = requestedTags(input.TagSpecifications, 'subnet');
  if (
    subnets
      .in(call)
      .values()
      .filter(({ VpcId }) => VpcId === vpc.VpcId).length >= SUBNETS_PER_VPC
  ) {
    throw new AwsFault('SubnetLimitExceeded', 'The maximum number of subnets has been reached.');
  }

  const row = putSubnet(call, { vpcId: vpc.VpcId, cidr, zone, isDefault: false });
  putTags(call, row.SubnetId, 'subnet', tags);
  return { Subnet: { ...revived<object>(row), AvailableIpAddressCount: freeAddressCount(call, row), Tags: tags } };
};

function validBlock(scope: Scope, vpc: VpcRow, cidr: string): string {
  const block = parseCidr(cidr);
  if (!block) throw invalidValue(cidr, 'cidrBlock', 'This is not a valid CIDR block.');
  const isInside = vpc.CidrBlockAssociationSet.some(({ CidrBlock }) => contains(parseCidr(CidrBlock!)!, block));
  if (block.prefix < 16 || block.prefix > 28 || !isInside) {
    throw new AwsFault('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
  }
  const conflict = subnets
    .in(scope)
    .values()
    .some((subnet) => subnet.VpcId === vpc.VpcId && overlaps(parseCidr(subnet.CidrBlock)!, block));
  if (conflict) throw new AwsFault('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
  return formatCidr(block);
}

function zoneFor(scope: Scope, input: CreateSubnetRequest): Zone {
  const zones = zonesOf(scope.region);
  const wanted = input.AvailabilityZone ?? input.AvailabilityZoneId;
  if (!wanted) return zones[0]!;
  const zone = zones.find(({ name, id }) => (input.AvailabilityZone ? name : id) === wanted);
  if (!zone) {
    const names = zones.map(({ name }) => name).join(', ');
    throw invalidValue(
      wanted,
      input.AvailabilityZone ? 'availabilityZone' : 'availabilityZoneId',
      `Subnets can currently only be created in the following availability zones: ${names}.`,
    );
  }
  return zone;
}
