import type { NatGateway, RouteTable, SecurityGroupRule, Subnet, VpcEndpoint } from '@aws-sdk/client-ec2';
import type { AwsVpcConfiguration, Task } from '@aws-sdk/client-ecs';
import { type Look, look, seen } from '../look.ts';
import type { LookPowers } from '../sick-service.ts';

/** Where a task stands. */
export interface TaskPlace {
  subnet: string;
  groups: readonly string[];
  publicIp: boolean;
}

/** Everything that a connection of a task to a service of AWS passes. */
export interface NetworkPath {
  place: TaskPlace;
  subnet: Look<Subnet>;
  /** Of its VPC; so are those that follow. */
  tables: Look<RouteTable[]>;
  nats: Look<NatGateway[]>;
  endpoints: Look<VpcEndpoint[]>;
  dns: Look<{ support: boolean; hostnames: boolean }>;
  /** Of the task's groups, and of those of the endpoints. */
  rules: Look<SecurityGroupRule[]>;
}

/** The way out of a subnet, hop by hop: seven calls. */
export async function networkPath(powers: LookPowers, place: TaskPlace): Promise<NetworkPath> {
  const { ec2 } = powers.aws;
  const subnet = await look(powers, { what: `subnet ${place.subnet}`, call: 'ec2:DescribeSubnets' }, () =>
    ec2.subnet(place.subnet),
  );
  const vpc = seen(subnet)?.VpcId;
  if (vpc === undefined) {
    const nothing = subnet.state === 'unseen' ? subnet : { state: 'absent' as const };
    return { place, subnet, tables: nothing, nats: nothing, endpoints: nothing, dns: nothing, rules: nothing };
  }
  const [tables, nats, dns, { endpoints, rules }] = await Promise.all([
    look(powers, { what: `the routes of ${vpc}`, call: 'ec2:DescribeRouteTables' }, () => ec2.routeTables(vpc)),
    look(powers, { what: `the NAT gateways of ${vpc}`, call: 'ec2:DescribeNatGateways' }, () => ec2.natGateways(vpc)),
    look(powers, { what: `the name resolution of ${vpc}`, call: 'ec2:DescribeVpcAttribute' }, () => ec2.dnsOf(vpc)),
    endpointsAndRules(powers, vpc, place.groups),
  ]);
  return { place, subnet, tables, nats, endpoints, dns, rules };
}

async function endpointsAndRules(powers: LookPowers, vpc: string, groups: readonly string[]) {
  const { ec2 } = powers.aws;
  const endpoints = await look(powers, { what: `the endpoints of ${vpc}`, call: 'ec2:DescribeVpcEndpoints' }, () =>
    ec2.endpoints(vpc),
  );
  const doors = (seen(endpoints) ?? []).flatMap(({ Groups = [] }) => Groups.map(({ GroupId }) => GroupId!));
  const all = [...new Set([...groups, ...doors])];
  const rules = await look(
    powers,
    { what: `the rules of ${all.join(', ')}`, call: 'ec2:DescribeSecurityGroupRules' },
    () => ec2.securityGroupRules(all),
  );
  return { endpoints, rules };
}

/** Where a task stands or stood, in the network that its service or its runner gave it. */
export function placeOf(task: Task, network: AwsVpcConfiguration | undefined): TaskPlace | undefined {
  const { subnets = [], securityGroups = [], assignPublicIp } = network ?? {};
  const details = task.attachments?.flatMap(({ details: all = [] }) => all) ?? [];
  const subnet = details.find(({ name }) => name === 'subnetId')?.value ?? subnets[0];
  return subnet === undefined ? undefined : { subnet, groups: securityGroups, publicIp: assignPublicIp === 'ENABLED' };
}
