import type {
  EC2,
  NatGateway,
  NetworkInterface,
  Route,
  RouteTable,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  VpcEndpoint,
} from '@aws-sdk/client-ec2';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

/** The largest of the clients (170 ms to load): only `deploy` of a first network and `exec` need it. */
export class Ec2 {
  readonly #ec2: () => Promise<EC2>;

  constructor(connection: Connection) {
    this.#ec2 = once(async () => connect((await import('@aws-sdk/client-ec2')).EC2, connection));
  }

  /** Names of the region's zones that take new subnets, local zones left out, in AWS's order of names. */
  async availabilityZones(): Promise<string[]> {
    const { AvailabilityZones = [] } = await call('ec2:DescribeAvailabilityZones', async () =>
      (await this.#ec2()).describeAvailabilityZones({
        Filters: [
          { Name: 'state', Values: ['available'] },
          { Name: 'zone-type', Values: ['availability-zone'] },
        ],
      }),
    );
    return AvailabilityZones.map(({ ZoneName }) => ZoneName!).sort();
  }

  /** How many VPCs there are in the region, and how many Elastic IP addresses: what its quotas are counted by. */
  async counts(): Promise<{ vpcs: number; addresses: number }> {
    const ec2 = await this.#ec2();
    const countVpcs = async () => {
      let vpcs = 0;
      let NextToken: string | undefined;
      do {
        const page = await call('ec2:DescribeVpcs', () => ec2.describeVpcs({ NextToken, MaxResults: 1000 }));
        vpcs += page.Vpcs?.length ?? 0;
        NextToken = page.NextToken;
      } while (NextToken);
      return vpcs;
    };
    const [vpcs, { Addresses = [] }] = await Promise.all([
      countVpcs(),
      call('ec2:DescribeAddresses', () => ec2.describeAddresses({})),
    ]);
    return { vpcs, addresses: Addresses.length };
  }

  /** The address ranges of every VPC, further ones too. */
  async ranges(): Promise<{ vpc: string; range: string }[]> {
    const ec2 = await this.#ec2();
    const found: { vpc: string; range: string }[] = [];
    let NextToken: string | undefined;
    do {
      const page = await call('ec2:DescribeVpcs', () => ec2.describeVpcs({ NextToken, MaxResults: 1000 }));
      for (const { VpcId: vpc = '', CidrBlock, CidrBlockAssociationSet = [] } of page.Vpcs ?? []) {
        const further = CidrBlockAssociationSet.map((one) => one.CidrBlock);
        for (const range of new Set([CidrBlock, ...further])) if (range) found.push({ vpc, range });
      }
      NextToken = page.NextToken;
    } while (NextToken);
    return found;
  }

  /** Network interfaces in any of these subnets, security groups and VPCs. */
  async interfacesIn(ids: readonly string[]): Promise<NetworkInterface[]> {
    const found = new Map<string, NetworkInterface>();
    for (const [Name, prefix] of [
      ['subnet-id', 'subnet-'],
      ['group-id', 'sg-'],
      ['vpc-id', 'vpc-'],
    ] as const) {
      const Values = ids.filter((id) => id.startsWith(prefix));
      if (Values.length === 0) continue;
      let NextToken: string | undefined;
      do {
        const page = await call('ec2:DescribeNetworkInterfaces', async () =>
          (await this.#ec2()).describeNetworkInterfaces({ Filters: [{ Name, Values }], NextToken }),
        );
        for (const one of page.NetworkInterfaces ?? []) found.set(one.NetworkInterfaceId!, one);
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
    }
    return [...found.values()];
  }

  async deleteInterface(id: string): Promise<void> {
    await find('ec2:DeleteNetworkInterface', ['InvalidNetworkInterfaceID.NotFound'], async () =>
      (await this.#ec2()).deleteNetworkInterface({ NetworkInterfaceId: id }),
    );
  }

  /** The routes of a subnet: of its own table, or else of the main one of its VPC. */
  async routesOf(subnet: string): Promise<{ vpc: string; routes: Route[] } | undefined> {
    const ec2 = await this.#ec2();
    const { Subnets = [] } = await call('ec2:DescribeSubnets', () => ec2.describeSubnets({ SubnetIds: [subnet] }));
    const vpc = Subnets[0]?.VpcId;
    if (vpc === undefined) return undefined;
    const { RouteTables = [] } = await call('ec2:DescribeRouteTables', () =>
      ec2.describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    const own = RouteTables.find(({ Associations }) => Associations?.some(({ SubnetId }) => SubnetId === subnet));
    const main = RouteTables.find(({ Associations }) => Associations?.some(({ Main }) => Main));
    return { vpc, routes: (own ?? main)?.Routes ?? [] };
  }

  /** Whether a VPC has a way of its own to a service of AWS, such as `ssmmessages`. */
  async hasEndpoint(vpc: string, service: string): Promise<boolean> {
    const { VpcEndpoints = [] } = await call('ec2:DescribeVpcEndpoints', async () =>
      (await this.#ec2()).describeVpcEndpoints({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    return VpcEndpoints.some(
      ({ ServiceName, State }) => ServiceName?.endsWith(`.${service}`) && /available/i.test(State ?? ''),
    );
  }

  async securityGroup(id: string): Promise<SecurityGroup | undefined> {
    const answer = await find('ec2:DescribeSecurityGroups', ['InvalidGroup.NotFound'], async () =>
      (await this.#ec2()).describeSecurityGroups({ GroupIds: [id] }),
    );
    return answer?.SecurityGroups?.[0];
  }

  async deleteSecurityGroup(id: string): Promise<void> {
    await find('ec2:DeleteSecurityGroup', ['InvalidGroup.NotFound'], async () =>
      (await this.#ec2()).deleteSecurityGroup({ GroupId: id }),
    );
  }

  async subnet(id: string): Promise<Subnet | undefined> {
    const answer = await find('ec2:DescribeSubnets', ['InvalidSubnetID.NotFound'], async () =>
      (await this.#ec2()).describeSubnets({ SubnetIds: [id] }),
    );
    return answer?.Subnets?.[0];
  }

  /** All of a VPC, at most some hundreds: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
  async routeTables(vpc: string): Promise<RouteTable[]> {
    const found: RouteTable[] = [];
    let NextToken: string | undefined;
    do {
      const page = await call('ec2:DescribeRouteTables', async () =>
        (await this.#ec2()).describeRouteTables({ Filters: [{ Name: 'vpc-id', Values: [vpc] }], NextToken }),
      );
      found.push(...(page.RouteTables ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  }

  /** Those of a VPC; AWS shows deleted ones for about an hour. */
  async natGateways(vpc: string): Promise<NatGateway[]> {
    const { NatGateways = [] } = await call('ec2:DescribeNatGateways', async () =>
      (await this.#ec2()).describeNatGateways({ Filter: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    return NatGateways;
  }

  async endpoints(vpc: string): Promise<VpcEndpoint[]> {
    const { VpcEndpoints = [] } = await call('ec2:DescribeVpcEndpoints', async () =>
      (await this.#ec2()).describeVpcEndpoints({ Filters: [{ Name: 'vpc-id', Values: [vpc] }] }),
    );
    return VpcEndpoints;
  }

  /** Whether names are resolved in a VPC at all, and whether those of endpoints lead to the endpoints. */
  async dnsOf(vpc: string): Promise<{ support: boolean; hostnames: boolean }> {
    const attribute = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
      call('ec2:DescribeVpcAttribute', async () => (await this.#ec2()).describeVpcAttribute({ VpcId: vpc, Attribute }));
    const [one, other] = await Promise.all([attribute('enableDnsSupport'), attribute('enableDnsHostnames')]);
    return { support: one.EnableDnsSupport?.Value ?? true, hostnames: other.EnableDnsHostnames?.Value ?? true };
  }

  /** The rules of these groups, both ways. */
  async securityGroupRules(groups: readonly string[]): Promise<SecurityGroupRule[]> {
    const found: SecurityGroupRule[] = [];
    let NextToken: string | undefined;
    do {
      const page = await call('ec2:DescribeSecurityGroupRules', async () =>
        (await this.#ec2()).describeSecurityGroupRules({
          Filters: [{ Name: 'group-id', Values: [...groups] }],
          NextToken,
        }),
      );
      found.push(...(page.SecurityGroupRules ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  }
}
