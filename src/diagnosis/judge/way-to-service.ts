import type { VpcEndpoint } from '@aws-sdk/client-ec2';
import type { NetworkPath } from '../collect/network-path.ts';
import { seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { endpointHop } from './endpoint-hop.ts';
import { type BrokenHop, egressHop, HTTPS, tableOf, type Vicinity } from './hop.ts';
import { internetHop } from './internet-hop.ts';
import { letsThrough } from './security-rules.ts';

/** How a task gets to a service of AWS. `unseen`: a hop could not be looked at, and those that could are sound. */
export type Way = { state: 'open' } | { state: 'broken'; broken: BrokenHop } | { state: 'unseen' };

/**
 * Walks from a task to a service, `ecr.api`, `s3`, `secretsmanager`, and stops at the first hop that lets nothing
 * through: names, the task's own groups, then its endpoint or the way to the internet.
 */
export function wayTo(
  path: NetworkPath,
  service: string,
  { foreign, natWanted, flags }: Pick<Vicinity, 'foreign' | 'natWanted' | 'flags'>,
): Way {
  const subnet = seen(path.subnet);
  if (!subnet?.VpcId) return { state: 'unseen' };
  const vpc = subnet.VpcId;
  const tables = seen(path.tables);
  const vicinity: Vicinity = {
    path,
    vpc,
    subnetCidr: subnet.CidrBlock ?? '',
    table: tables && tableOf(tables, path.place.subnet),
    rules: seen(path.rules),
    foreign,
    natWanted,
    flags,
  };
  const dns = seen(path.dns);
  if (dns?.support === false) return broken(noDns(vpc, { foreign, flags }));
  const endpoints = seen(path.endpoints);
  const endpoint = endpoints?.find(({ ServiceName }) => ServiceName?.endsWith(`.${service}`));
  // The private name of an endpoint goes before every other way, also where there is a NAT gateway.
  const viaEndpoint = endpoint && takesName(endpoint, vicinity);
  const hop = viaEndpoint
    ? endpointHop(vicinity, endpoint)
    : (closedEgress(vicinity) ?? internetHop(vicinity, { service, endpoint, endpoints }));
  if (hop) return broken(hop);
  const needed = [path.dns, path.rules, path.endpoints, ...(viaEndpoint ? [] : [path.tables, path.nats])];
  return needed.every(({ state }) => state === 'found') ? { state: 'open' } : { state: 'unseen' };
}

const broken = (hop: BrokenHop): Way => ({ state: 'broken', broken: hop });

/** Whether what a task asks for by the service's usual name comes to this endpoint. */
function takesName(endpoint: VpcEndpoint, { table, path }: Vicinity): boolean {
  if (endpoint.VpcEndpointType === 'Gateway')
    return table !== undefined && (endpoint.RouteTableIds ?? []).includes(table.RouteTableId ?? '');
  return endpoint.PrivateDnsEnabled !== false && seen(path.dns)?.hostnames !== false;
}

const noDns = (vpc: string, { foreign, flags }: { foreign: boolean; flags: string }): BrokenHop => ({
  hop: 'dns',
  what: `${vpc} resolves no names (enableDnsSupport is off)`,
  evidence: evidenceOf('ec2:DescribeVpcAttribute', 'EnableDnsSupport.Value', false),
  remedy: foreign
    ? `ask who owns ${vpc}: aws ec2 modify-vpc-attribute --vpc-id ${vpc} --enable-dns-support`
    : `platform recover network ${flags}, which switches it on again`,
});

function closedEgress({ path, rules }: Vicinity): BrokenHop | undefined {
  const { groups } = path.place;
  if (!rules || groups.length === 0) return undefined;
  if (letsThrough(rules, { groups, egress: true, port: HTTPS, peer: { cidr: '0.0.0.0/0' } })) return undefined;
  return egressHop(groups, rules);
}
