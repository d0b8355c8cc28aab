import type { RouteTable, SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Evidence } from '../cause.ts';
import type { NetworkPath } from '../collect/network-path.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { rulesText } from './security-rules.ts';

export const HTTPS = 443;

/** Where on its way to AWS a task is stopped. */
export interface BrokenHop {
  hop:
    | 'dns'
    | 'egress'
    | 'route'
    | 'nat'
    | 'nat-route'
    | 'public-address'
    | 'endpoint-missing'
    | 'endpoint-state'
    | 'endpoint-dns'
    | 'endpoint-group';
  what: string;
  evidence: Evidence;
  /** A command, or whom to ask for what. */
  remedy: string;
}

/** What the hops of one way have in common. */
export interface Vicinity {
  path: NetworkPath;
  vpc: string;
  subnetCidr: string;
  table: RouteTable | undefined;
  rules: readonly SecurityGroupRule[] | undefined;
  /** The network belongs to others. */
  foreign: boolean;
  /** Ours is to have a NAT: what is missing of it was taken away by hand. */
  natWanted: boolean;
  flags: string;
}

/** The table that routes for a subnet: its own, else the main one. */
export const tableOf = (tables: readonly RouteTable[], subnet: string): RouteTable | undefined =>
  tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnet)) ??
  tables.find(({ Associations = [] }) => Associations.some(({ Main }) => Main));

export const egressHop = (groups: readonly string[], rules: readonly SecurityGroupRule[]): BrokenHop => ({
  hop: 'egress',
  what: `security group ${groups.join(', ')} of the task lets no HTTPS out`,
  evidence: evidenceOf(
    'ec2:DescribeSecurityGroupRules',
    'SecurityGroupRules[IsEgress=true]',
    rulesText(rules, { groups, egress: true }),
  ),
  remedy: `aws ec2 authorize-security-group-egress --group-id ${groups[0]} --ip-permissions 'IpProtocol=tcp,FromPort=${HTTPS},ToPort=${HTTPS},IpRanges=[{CidrIp=0.0.0.0/0}]'`,
});
