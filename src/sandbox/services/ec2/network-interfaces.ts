import { randomBytes } from 'node:crypto';
import type { NetworkInterfaceType } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { contains, formatAddress, parseAddress, parseCidr } from './cidr.ts';
import { invalidValue, missing } from './faults.ts';
import { freshId } from './ids.ts';
import { defaultGroupOf } from './lookups.ts';
import { freshPublicAddress } from './public-addresses.ts';
import {
  type NetworkInterfaceRow,
  networkInterfaces,
  type SubnetRow,
  securityGroups,
  subnets,
  tags,
  vpcs,
} from './state.ts';

export interface NetworkInterfaceRequest {
  subnetId: string;
  /** Empty or absent: the default group of the VPC. */
  groupIds?: readonly string[];
  description: string;
  /** `interface` unless said otherwise; `nat_gateway`, `vpc_endpoint`, `load_balancer`, `network_load_balancer` … */
  type?: NetworkInterfaceType | 'nat_gateway';
  /** Which service made it, as DescribeNetworkInterfaces shows it: `amazon-elb`, `amazon-rds`; an account id otherwise. */
  requesterId?: string;
  requesterManaged?: boolean;
  /** A wish; the first free address of the subnet otherwise. */
  privateIpAddress?: string;
  /** Gives it a public address of its own for as long as it lives. */
  publicAddress?: boolean;
  /** Attached to: an instance id; absent for interfaces that a service attaches. */
  instanceId?: string;
  /** Present from the start; absent: not attached (`available`). */
  attached?: boolean;
  tags?: readonly { Key: string; Value: string }[];
}

/**
 * Makes an elastic network interface: it takes an address of the subnet, and while it lives its subnet, its VPC and
 * its security groups cannot be deleted. Throws EC2's own faults: InvalidSubnetID.NotFound, InvalidGroup.NotFound,
 * InvalidParameterValue (group of another VPC), InsufficientFreeAddressesInSubnet, InvalidIPAddress.InUse.
 */
export function createNetworkInterfaceFor(scope: Scope, request: NetworkInterfaceRequest): NetworkInterfaceRow {
  const subnet = subnets.in(scope).get(request.subnetId);
  if (!subnet) throw missing.subnet(request.subnetId);
  const groups = groupsFor(scope, subnet.VpcId, request.groupIds);
  const privateIp = addressFor(scope, subnet, request.privateIpAddress);
  const id = freshId('eni');
  const dnsHostnames = vpcs.in(scope).get(subnet.VpcId)?.EnableDnsHostnames ?? false;
  const privateName = `ip-${privateIp.replaceAll('.', '-')}.${internalDomain(scope.region)}`;
  const publicIp = request.publicAddress ? freshPublicAddress(scope) : undefined;
  const association = publicIp
    ? {
        IpOwnerId: 'amazon',
        PublicIp: publicIp,
        PublicDnsName: dnsHostnames ? publicName(scope.region, publicIp) : '',
      }
    : undefined;

  if (request.tags?.length) {
    tags.in(scope).put(id, { type: 'network-interface', tags: request.tags.map((tag) => ({ ...tag })) });
  }
  return networkInterfaces.in(scope).put(id, {
    NetworkInterfaceId: id,
    SubnetId: subnet.SubnetId,
    VpcId: subnet.VpcId,
    AvailabilityZone: subnet.AvailabilityZone,
    AvailabilityZoneId: subnet.AvailabilityZoneId,
    Description: request.description,
    Groups: groups,
    // `nat_gateway` is what EC2 answers, whatever the SDK's enum says.
    InterfaceType: (request.type ?? 'interface') as NetworkInterfaceType,
    Ipv6Addresses: [],
    MacAddress: `0a:${[...randomBytes(5)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`,
    OwnerId: scope.account,
    PrivateIpAddress: privateIp,
    ...(dnsHostnames ? { PrivateDnsName: privateName } : {}),
    PrivateIpAddresses: [
      {
        Primary: true,
        PrivateIpAddress: privateIp,
        ...(dnsHostnames ? { PrivateDnsName: privateName } : {}),
        ...(association ? { Association: association } : {}),
      },
    ],
    ...(association ? { Association: association } : {}),
    RequesterId: request.requesterId ?? scope.account,
    RequesterManaged: request.requesterManaged ?? false,
    SourceDestCheck: true,
    Status: (request.attached ?? true) ? 'in-use' : 'available',
    ...((request.attached ?? true)
      ? {
          Attachment: {
            AttachmentId: freshId(request.instanceId ? 'eni-attach' : 'ela-attach'),
            AttachTime: scope.world.clock.stamp(),
            DeleteOnTermination: Boolean(request.instanceId),
            DeviceIndex: request.instanceId ? 0 : 1,
            InstanceOwnerId: request.instanceId ? scope.account : (request.requesterId ?? 'amazon-aws'),
            ...(request.instanceId ? { InstanceId: request.instanceId } : {}),
            Status: 'attached',
          },
        }
      : {}),
  });
}

/** Removes an interface and frees its address, attached or not; one that is gone already is no error. */
export function deleteNetworkInterfaceOf(scope: Scope, networkInterfaceId: string): void {
  tags.in(scope).delete(networkInterfaceId);
  networkInterfaces.in(scope).delete(networkInterfaceId);
}

/** Puts other security groups on a living interface, as changing a load balancer's or a database's groups does. */
export function setNetworkInterfaceGroups(scope: Scope, networkInterfaceId: string, groupIds: readonly string[]): void {
  const row = networkInterfaces.in(scope).get(networkInterfaceId);
  if (!row) throw missing.networkInterface(networkInterfaceId);
  const groups = groupsFor(scope, row.VpcId, groupIds);
  networkInterfaces.in(scope).update(networkInterfaceId, (draft) => {
    draft.Groups = groups;
  });
}

/** Addresses a subnet can still give: AWS keeps the first four and the last one for itself. */
export function freeAddressCount(scope: Scope, subnet: SubnetRow): number {
  const block = parseCidr(subnet.CidrBlock)!;
  return block.last - block.first + 1 - 5 - takenAddresses(scope, subnet.SubnetId).size;
}

function groupsFor(scope: Scope, vpcId: string, groupIds: readonly string[] = []) {
  const ids = groupIds.length > 0 ? groupIds : [defaultGroupOf(scope, vpcId).GroupId];
  return ids.map((id) => {
    const group = securityGroups.in(scope).get(id);
    if (!group) throw missing.securityGroup(id);
    if (group.VpcId !== vpcId) {
      throw new AwsFault(
        'InvalidParameterValue',
        `You have specified two resources that belong to different networks.`,
      );
    }
    return { GroupId: group.GroupId, GroupName: group.GroupName };
  });
}

function addressFor(scope: Scope, subnet: SubnetRow, wish: string | undefined): string {
  const block = parseCidr(subnet.CidrBlock)!;
  const taken = takenAddresses(scope, subnet.SubnetId);
  if (wish !== undefined) {
    const number = parseAddress(wish);
    if (number === undefined || !contains(block, { first: number, last: number, prefix: 32 })) {
      throw invalidValue(wish, 'address', "Address does not fall within the subnet's address range");
    }
    if (number < block.first + 4 || number === block.last) {
      throw invalidValue(wish, 'address', "Address is in subnet's reserved address range");
    }
    if (taken.has(number)) throw new AwsFault('InvalidIPAddress.InUse', `Address ${wish} is in use.`);
    return wish;
  }
  for (let number = block.first + 4; number < block.last; number += 1) {
    if (!taken.has(number)) return formatAddress(number);
  }
  throw new AwsFault(
    'InsufficientFreeAddressesInSubnet',
    `The specified subnet does not have enough free addresses to satisfy the request.`,
  );
}

function takenAddresses(scope: Scope, subnetId: string): Set<number> {
  const ofInterfaces = networkInterfaces
    .in(scope)
    .values()
    .filter((row) => row.SubnetId === subnetId)
    .map((row) => parseAddress(row.PrivateIpAddress)!);
  return new Set(ofInterfaces);
}

const internalDomain = (region: string): string =>
  region === 'us-east-1' ? 'ec2.internal' : `${region}.compute.internal`;

const publicName = (region: string, address: string): string =>
  `ec2-${address.replaceAll('.', '-')}.${region === 'us-east-1' ? 'compute-1' : `${region}.compute`}.amazonaws.com`;
