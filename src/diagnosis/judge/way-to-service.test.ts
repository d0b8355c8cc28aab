import type { NatGateway, RouteTable, SecurityGroupRule, VpcEndpoint } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { ABSENT, DENIED, found, PATIENT } from '../../testing/judged.ts';
import type { NetworkPath } from '../collect/network-path.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { judgeUnreached } from './unreached.ts';
import { wayTo } from './way-to-service.ts';

const OUT: SecurityGroupRule = { GroupId: 'sg-task', IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' };
const table = (routes: RouteTable['Routes'], subnet = 'subnet-a'): RouteTable => ({
  RouteTableId: `rtb-${subnet.at(-1)}`,
  Associations: [{ SubnetId: subnet }],
  Routes: [{ DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' }, ...(routes ?? [])],
});
const viaNat: RouteTable['Routes'] = [{ DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', State: 'active' }];
const viaIgw: RouteTable['Routes'] = [{ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', State: 'active' }];
const nat: NatGateway = { NatGatewayId: 'nat-1', State: 'available', SubnetId: 'subnet-p' };
const endpoint = (service: string, changes: Partial<VpcEndpoint> = {}): VpcEndpoint => ({
  VpcEndpointId: `vpce-${service}`,
  ServiceName: `com.amazonaws.us-east-1.${service}`,
  VpcEndpointType: 'Interface',
  // AWS writes it in lower case, whatever its model says.
  State: 'available' as 'Available',
  PrivateDnsEnabled: true,
  Groups: [{ GroupId: 'sg-door' }],
  ...changes,
});
const IN: SecurityGroupRule = {
  GroupId: 'sg-door',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: '10.0.0.0/16',
};

/** A task behind a NAT gateway, on which nothing is broken. */
const path = (changes: Partial<NetworkPath> = {}): NetworkPath => ({
  place: { subnet: 'subnet-a', groups: ['sg-task'], publicIp: false },
  subnet: found({ SubnetId: 'subnet-a', VpcId: 'vpc-1', CidrBlock: '10.0.1.0/24' }),
  tables: found([table(viaNat), table(viaIgw, 'subnet-p')]),
  nats: found([nat]),
  endpoints: found([]),
  dns: found({ support: true, hostnames: true }),
  rules: found([OUT]),
  ...changes,
});
const closed = { tables: found([table([])]), nats: found([]), rules: found([OUT, IN]) };
const way = (changes: Partial<NetworkPath>, service = 'secretsmanager', foreign = false) =>
  wayTo(path(changes), service, { foreign, natWanted: !foreign, flags: '--env dev' });
const hop = (...given: Parameters<typeof way>) => {
  const found = way(...given);
  return found.state === 'broken' ? found.broken.hop : found.state;
};

it('not F-45: a way through a NAT gateway, an internet gateway, an endpoint, and one of others', () => {
  expect(hop({})).toBe('open');
  const publicly = {
    place: { subnet: 'subnet-a', groups: ['sg-task'], publicIp: true },
    tables: found([table(viaIgw)]),
  };
  expect(hop(publicly)).toBe('open');
  expect(hop({ ...closed, endpoints: found([endpoint('secretsmanager')]) })).toBe('open');
  const gateway = endpoint('s3', { VpcEndpointType: 'Gateway', RouteTableIds: ['rtb-a'], Groups: [] });
  expect(hop({ ...closed, endpoints: found([gateway]) }, 's3')).toBe('open');
  const transit = table([{ DestinationCidrBlock: '0.0.0.0/0', TransitGatewayId: 'tgw-1', State: 'active' }]);
  expect(hop({ tables: found([transit]) })).toBe('open');
});

it.each([
  ['names are not resolved', { dns: found({ support: false, hostnames: false }) }, 'dns'],
  ['the task may open nothing', { rules: found([]) }, 'egress'],
  [
    'the task may open port 5432 alone',
    { rules: found([{ ...OUT, IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 }]) },
    'egress',
  ],
  ['the task may open connections to the VPC alone', { rules: found([{ ...OUT, CidrIpv4: '10.0.0.0/16' }]) }, 'egress'],
  ['there is no route', { tables: found([table([])]) }, 'route'],
  ['the NAT gateway was deleted', { nats: found([{ ...nat, State: 'deleted' as const }]) }, 'nat'],
  ['the NAT gateway is unknown', { nats: found([]) }, 'nat'],
  ['the route is a black hole', { tables: found([table([{ ...viaNat[0], State: 'blackhole' }])]) }, 'nat'],
  ['the NAT gateway has no way out', { tables: found([table(viaNat), table([], 'subnet-p')]) }, 'nat-route'],
  ['the task has no public address', { tables: found([table(viaIgw)]) }, 'public-address'],
  ['the endpoint is missing among others', { ...closed, endpoints: found([endpoint('ecr.api')]) }, 'endpoint-missing'],
  [
    'the endpoint is not ready',
    { ...closed, endpoints: found([endpoint('secretsmanager', { State: 'Pending' })]) },
    'endpoint-state',
  ],
  [
    'its private name is off',
    { ...closed, endpoints: found([endpoint('secretsmanager', { PrivateDnsEnabled: false })]) },
    'endpoint-dns',
  ],
  [
    'the VPC has no private names',
    { ...closed, dns: found({ support: true, hostnames: false }), endpoints: found([endpoint('secretsmanager')]) },
    'endpoint-dns',
  ],
  [
    'the group of the endpoint is closed',
    { ...closed, rules: found([OUT]), endpoints: found([endpoint('secretsmanager')]) },
    'endpoint-group',
  ],
  [
    'the group of the endpoint is closed, beside a NAT gateway',
    { endpoints: found([endpoint('secretsmanager')]) },
    'endpoint-group',
  ],
] as const)('F-45: %s', (_, changes, expected) => {
  const broken = way(changes as Partial<NetworkPath>);
  expect(hop(changes as Partial<NetworkPath>)).toBe(expected);
  expect(broken).toMatchObject({ broken: { evidence: { call: expect.stringMatching(/^(ec2|ecs):/) }, remedy: /./ } });
});

it('F-45 and not F-46: the first broken hop is the cause; the ways out fit whose network it is', () => {
  const cause = (changes: Partial<NetworkPath>, foreignNetwork = false) =>
    judgeUnreached(
      { ...PATIENT, foreignNetwork, natWanted: !foreignNetwork },
      { said: evidenceOf('a:B', 'c', 'i/o timeout'), services: ['secretsmanager'], path: path(changes) },
    );
  expect(cause({ tables: found([table([])]) })).toMatchObject({
    id: 'F-45',
    certainty: 'certain',
    recurs: 'always',
    remedy: 'platform recover network --env dev; then platform redeploy web --env dev',
  });
  expect(cause({ tables: found([table([])]) }, true).remedy).toMatch(
    /^aws ec2 create-route --region us-east-1 --route-table-id rtb-a --destination-cidr-block 0\.0\.0\.0\/0 --nat-gateway-id nat-1; then /,
  );
  expect(cause({ nats: found([]) }, true).remedy).toMatch(/^ask who owns vpc-1 for a NAT gateway/);
  expect(cause({ ...closed, endpoints: found([endpoint('ecr.api')]) }).remedy).toContain(
    'add secretsmanager to network.endpoints',
  );
  expect(cause({ ...closed, endpoints: found([endpoint('ecr.api')]) }, true).remedy).toContain('ask who owns vpc-1');
});

it('F-45: nothing is certain where every hop is open, or one could not be looked at', () => {
  const judge = (one: NetworkPath | undefined) =>
    judgeUnreached(PATIENT, { said: evidenceOf('a:B', 'c', 'i/o timeout'), services: ['ecr.api'], path: one });
  expect(judge(path())).toMatchObject({ certainty: 'possible', what: expect.stringContaining('a network ACL') });
  expect(judge(path({ tables: DENIED }))).toMatchObject({
    certainty: 'possible',
    what: expect.stringContaining('not every hop'),
  });
  expect(judge(undefined)).toMatchObject({ certainty: 'possible' });
  expect(judge(path({ subnet: ABSENT }))).toMatchObject({ certainty: 'possible' });
});
