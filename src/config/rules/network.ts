import { nearest } from '../../domain/nearest.ts';
import type { Network } from '../blocks/network.ts';
import { PROD_WARNING, type Rule } from './rule.ts';

const zones = ({ azs }: Network) => (Array.isArray(azs) ? azs.length : azs);

/** The services whose endpoints an application on Fargate and Lambda asks for. https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
const ENDPOINTS = [
  's3',
  'dynamodb',
  'ecr.api',
  'ecr.dkr',
  'logs',
  'secretsmanager',
  'ssm',
  'ssmmessages',
  'ec2messages',
  'sqs',
  'sns',
  'events',
  'kms',
  'sts',
  'monitoring',
  'xray',
  'lambda',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'rds',
  'execute-api',
  'email-smtp',
  'states',
  'kinesis-streams',
];

function parse(cidr: string): { prefix: number; valid: boolean } {
  const [address = '', bits = ''] = cidr.split('/');
  return {
    prefix: Number(bits),
    valid: address.split('.').every((octet) => Number(octet) <= 255) && Number(bits) >= 16 && Number(bits) <= 28,
  };
}

export const NETWORK_RULES: readonly Rule[] = [
  {
    id: 'network-cidr',
    title: 'The address range is one that a VPC can have',
    severity: 'error',
    waivable: false,
    check: function* ({ blocks: { network } }) {
      if (!parse(network.cidr).valid)
        yield {
          path: ['network', 'cidr'],
          message: `network.cidr ${network.cidr} is no IPv4 range from /16 to /28`,
          remedy: 'write cidr: 10.0.0.0/16',
        };
    },
  },
  {
    id: 'network-fit',
    title: 'All subnets fit into the address range',
    severity: 'error',
    waivable: false,
    check: function* ({ blocks: { network } }) {
      const { prefix, valid } = parse(network.cidr);
      // Every zone but the last keeps a fourth place free, so that subnets added later move nobody (infra/subnet-cidr.ts).
      const count = (zones(network) - 1) * 4 + (network.isolated ? 3 : 2);
      if (valid && !network.existing && count > 2 ** (network.subnetMask - prefix))
        yield {
          path: ['network', 'subnetMask'],
          message: `${network.cidr} has no room for ${count} subnets of /${network.subnetMask}`,
          remedy: `write subnetMask: ${prefix + Math.ceil(Math.log2(count))} or more, or a larger cidr`,
        };
    },
  },
  {
    id: 'network-azs',
    title: 'Availability zones are different ones of the region',
    severity: 'error',
    check: function* ({ blocks: { network }, region }) {
      if (!Array.isArray(network.azs)) return;
      for (const [index, zone] of network.azs.entries()) {
        if (!zone.startsWith(region))
          yield {
            path: ['network', 'azs', index],
            message: `network.azs: ${zone} is not in ${region}`,
            remedy: `write ${region}${zone.at(-1)}, or a number`,
          };
        if (network.azs.indexOf(zone) !== index)
          yield {
            path: ['network', 'azs', index],
            message: `network.azs: ${zone} stands there twice`,
            remedy: 'name different zones',
          };
      }
    },
  },
  {
    id: 'network-gateways',
    title: 'There are no more NAT gateways than availability zones',
    severity: 'error',
    check: function* ({ blocks: { network } }) {
      if (typeof network.nat === 'object' && network.nat.gateways > zones(network))
        yield {
          path: ['network', 'nat', 'gateways'],
          message: `network.nat: ${network.nat.gateways} gateways for ${zones(network)} availability zones`,
          remedy: `write gateways: ${zones(network)} or fewer`,
        };
    },
  },
  {
    id: 'network-endpoints',
    title: 'Without NAT, tasks reach every AWS service they need by an endpoint',
    severity: 'error',
    check: function* ({ blocks: { network, services, secrets, databases, queues, buses } }) {
      if (network.nat !== 'none' || network.existing || network.endpoints.length === 0) return;
      const needed = [
        ...(Object.keys(services).length > 0 ? ['s3', 'ecr.api', 'ecr.dkr', 'logs'] : []),
        ...(Object.keys(secrets).length + Object.keys(databases).length > 0 ? ['secretsmanager'] : []),
        ...(Object.keys(queues).length > 0 ? ['sqs'] : []),
        ...(Object.keys(buses).length > 0 ? ['events'] : []),
        ...(Object.values(services).some(({ exec }) => exec) ? ['ssmmessages'] : []),
      ];
      const lacking = needed.filter((one) => !network.endpoints.includes(one));
      if (lacking.length > 0)
        yield {
          path: ['network', 'endpoints'],
          message: `network.nat is none, and there is no endpoint for ${lacking.join(', ')}`,
          remedy: `add ${lacking.join(', ')} to endpoints`,
        };
    },
  },
  {
    id: 'network-endpoint-name',
    title: 'Endpoints have names that AWS knows',
    severity: 'warning',
    check: function* ({ blocks: { network } }) {
      for (const [index, name] of network.endpoints.entries())
        if (!ENDPOINTS.includes(name))
          yield {
            path: ['network', 'endpoints', index],
            message: `network.endpoints: platform does not know ${name}`,
            remedy: `write ${nearest(name, ENDPOINTS) ?? 'the last part of the service name that the VPC console shows'}`,
          };
    },
  },
  {
    id: 'network-existing',
    title: 'An existing network has subnets in two availability zones',
    severity: 'error',
    check: function* ({ blocks: { network } }) {
      if (!network.existing) return;
      for (const kind of ['publicSubnets', 'privateSubnets', 'isolatedSubnets'] as const) {
        const subnets = network.existing[kind];
        if (subnets.length === 1)
          yield {
            path: ['network', 'existing', kind],
            message: `network.existing.${kind} names one subnet; load balancers and databases need two`,
            remedy: 'add a subnet in another availability zone',
          };
        if (new Set(subnets).size < subnets.length)
          yield {
            path: ['network', 'existing', kind],
            message: `network.existing.${kind} names a subnet twice`,
            remedy: 'name each once',
          };
      }
    },
  },
  {
    id: 'network-public-subnets',
    title: 'A load balancer has public subnets to stand in',
    severity: 'error',
    check: function* ({ blocks: { network, services, shared } }) {
      const balanced = Object.values(services).some(({ http }) => http);
      if (network.existing && network.existing.publicSubnets.length === 0 && balanced && shared.mode !== 'consume')
        yield {
          path: ['network', 'existing', 'publicSubnets'],
          message: 'network.existing names no public subnets, but a service is reached by HTTP',
          remedy: 'add publicSubnets',
        };
    },
  },
  {
    id: 'prod-nat',
    title: 'Production keeps its way to the internet when an availability zone fails',
    severity: PROD_WARNING,
    check: function* ({ blocks: { network, shared } }) {
      const few = network.nat === 'instance' || (typeof network.nat === 'object' && network.nat.gateways < 2);
      if (few && !network.existing && shared.mode !== 'consume')
        yield {
          path: ['network', 'nat'],
          message: `network.nat: one ${network.nat === 'instance' ? 'instance' : 'gateway'} is a single point of failure`,
          remedy: 'write nat: { gateways: 2 }',
        };
    },
  },
];
