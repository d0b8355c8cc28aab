import { covers as rangeCovers } from '../../domain/ipv4-range.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Template } from '../resolve-template.ts';
import { patternOf, shown } from './pattern.ts';
import { listOf } from './policies.ts';

/** Traffic that a security group lets through. */
export interface NetworkRule {
  group: string;
  direction: 'in' | 'out';
  protocol: string;
  /** As the template has them; undefined: all. */
  from: unknown;
  to: unknown;
  peer: string;
}

/** What the CDK writes to let nothing out: an address that nobody has, and a type of ICMP that there is not. */
const NOBODY = '255.255.255.255/32';

export function networkRulesOf(template: Template): NetworkRule[] {
  return rulesIn(template).filter(({ peer }) => peer !== NOBODY);
}

function rulesIn(template: Template): NetworkRule[] {
  const resources: Record<string, Template> = template.Resources ?? {};
  return Object.entries(resources).flatMap(([id, { Type: type, Properties: properties = {} }]): NetworkRule[] => {
    if (type === 'AWS::EC2::SecurityGroupIngress')
      return [ruleOf(patternOf(properties.GroupId ?? properties.GroupName), 'in', properties)];
    if (type === 'AWS::EC2::SecurityGroupEgress') return [ruleOf(patternOf(properties.GroupId), 'out', properties)];
    if (type !== 'AWS::EC2::SecurityGroup') return [];
    const self = patternOf({ 'Fn::GetAtt': [id, 'GroupId'] });
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html: without rules, all traffic goes out.
    const out = properties.SecurityGroupEgress ?? [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }];
    return [
      ...listOf(properties.SecurityGroupIngress).map((rule) => ruleOf(self, 'in', Object(rule))),
      ...listOf(out).map((rule) => ruleOf(self, 'out', Object(rule))),
    ];
  });
}

const PEERS = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'SourceSecurityGroupName',
  'SourcePrefixListId',
  'DestinationSecurityGroupId',
  'DestinationPrefixListId',
];

function ruleOf(group: string, direction: NetworkRule['direction'], rule: Template): NetworkRule {
  const peer = PEERS.map((name) => rule[name]).find((value) => value !== undefined);
  return {
    group,
    direction,
    protocol: protocolOf(rule.IpProtocol),
    from: rule.FromPort,
    to: rule.ToPort,
    peer: patternOf(peer ?? canonicalJson(rule)),
  };
}

const NUMBERS: Readonly<Record<string, string>> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6' };
const protocolOf = (protocol: unknown): string => NUMBERS[String(protocol)] ?? patternOf(protocol).toLowerCase();

/** Whether everything that `narrow` lets through is let through by `wide`. True is always right. */
export const ruleCovers = (wide: NetworkRule, narrow: NetworkRule): boolean =>
  wide.group === narrow.group &&
  wide.direction === narrow.direction &&
  peerCovers(wide.peer, narrow.peer) &&
  (wide.protocol === '-1' || (wide.protocol === narrow.protocol && portsCover(wide, narrow)));

const peerCovers = (wide: string, narrow: string): boolean =>
  wide === narrow || rangeCovers(wide, narrow) || (wide === '::/0' && /^[0-9a-f:]+\/\d+$/i.test(narrow));

/** For ICMP the numbers are a type and a code: only the same is the same. */
function portsCover(wide: NetworkRule, narrow: NetworkRule): boolean {
  if (canonicalJson([wide.from, wide.to]) === canonicalJson([narrow.from, narrow.to])) return true;
  if (!/^(tcp|udp)$/.test(wide.protocol)) return false;
  const [one, other] = [portsOf(wide), portsOf(narrow)];
  return one !== undefined && other !== undefined && one[0] <= other[0] && other[1] <= one[1];
}

function portsOf({ from, to }: NetworkRule): [number, number] | undefined {
  if (from === undefined || Number(from) === -1) return [0, 65_535];
  const [first, last] = [Number(from), Number(to ?? from)];
  return Number.isInteger(first) && Number.isInteger(last) ? [first, last] : undefined;
}

export function trafficText({ protocol, from, to }: NetworkRule): string {
  if (protocol === '-1') return 'all traffic';
  if (from === undefined || Number(from) === -1) return `all ${protocol}`;
  const [first, last] = [shown(patternOf(from)), shown(patternOf(to ?? from))];
  return `${protocol} ${first === last ? first : `${first}-${last}`}`;
}
