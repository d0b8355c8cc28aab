import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Session } from '../../context.ts';
import type { DatabaseFinding } from '../../domain/database-findings.ts';
import type { DatabaseClientPlace } from './ask-database.ts';
import { credentialsOf, type DatabaseAccess } from './database-access.ts';
import type { FoundDatabase } from './find-databases.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>;

const finding = (id: string, problem: undefined | { detail: string; failure: string; remedy: string }, fine: string) =>
  problem
    ? { id, status: 'failed' as const, ...problem }
    : { id, status: 'ok' as const, detail: fine, failure: null, remedy: null };

/** What can be told by reading the control plane; each an own result, in the order in which a connection meets them. */
export async function outsideFindings(
  session: Powers,
  access: DatabaseAccess,
  client: DatabaseClientPlace,
): Promise<DatabaseFinding[]> {
  const { found } = access;
  return (
    await Promise.all([
      found ? [stateFinding(found)] : [],
      access.groups.length > 0 ? pathFinding(session, access, client.place) : [],
      secretFinding(session, access),
      found?.proxy ? proxyFindings(session, access, found.proxy, found.region) : [],
    ])
  ).flat();
}

export function stateFinding({ live, thing }: FoundDatabase): DatabaseFinding {
  const status = live.cluster?.Status ?? live.instance?.DBInstanceStatus ?? '';
  const members = live.cluster?.DBClusterMembers ?? [];
  const problem =
    live.cluster && members.length === 0
      ? {
          detail: `${thing} has no instance, and nothing answers without one`,
          failure: 'F-78',
          remedy: 'platform recover data makes it again',
        }
      : status === 'available'
        ? undefined
        : {
            detail: `${thing} is ${status}`,
            failure: 'F-78',
            remedy: /^stopp/.test(status)
              ? `aws rds start-db-${live.cluster ? 'cluster' : 'instance'} --db-${live.cluster ? 'cluster' : 'instance'}-identifier ${live.cluster?.DBClusterIdentifier ?? live.instance?.DBInstanceIdentifier} starts it`
              : 'wait until it is available: platform db status shows it',
          };
  return finding('state', problem, status);
}

/** Out of the task's group and into the database's (S3-73, F-78). */
export async function pathFinding(
  { aws }: Pick<Session, 'aws'>,
  { port, groups, region }: Pick<DatabaseAccess, 'port' | 'groups' | 'region'>,
  { component, securityGroup }: { component: string; securityGroup: string },
): Promise<DatabaseFinding> {
  const rules = await aws.in(region).ec2.securityGroupRules([securityGroup, ...groups]);
  const lets = (rule: SecurityGroupRule) =>
    rule.IpProtocol === '-1' || (rule.IpProtocol === 'tcp' && rule.FromPort! <= port && rule.ToPort! >= port);
  const out = rules.some(
    (rule) => rule.GroupId === securityGroup && rule.IsEgress && lets(rule) && leadsTo(rule, groups),
  );
  const into = rules.some(
    (rule) => groups.includes(rule.GroupId!) && !rule.IsEgress && lets(rule) && leadsTo(rule, [securityGroup]),
  );
  const problem = !into
    ? {
        detail: `no rule of ${groups.join(', ')} lets tasks of ${component} (${securityGroup}) in on port ${port}`,
        failure: 'F-78',
        remedy: ruleAgain('ingress', groups[0]!, port, securityGroup),
      }
    : !out
      ? {
          detail: `no rule of ${securityGroup} lets tasks of ${component} out on port ${port}`,
          failure: 'F-78',
          remedy: ruleAgain('egress', securityGroup, port, groups[0]!),
        }
      : undefined;
  return finding('path', problem, `${securityGroup} may reach ${groups.join(', ')} on port ${port}`);
}

/** What a stack made is made again by it; what never was, or was changed, is written by hand. No deployment does: nothing of it has changed. */
const ruleAgain = (way: 'egress' | 'ingress', group: string, port: number, other: string): string =>
  `platform recover tasks makes the rule again that its stack had; any other: aws ec2 authorize-security-group-${way} --group-id ${group} --ip-permissions IpProtocol=tcp,FromPort=${port},ToPort=${port},UserIdGroupPairs=[{GroupId=${other}}]`;

/** A range of addresses may hold the other side: that is not known here, and is taken as holding it. */
const leadsTo = (rule: SecurityGroupRule, groups: readonly string[]): boolean =>
  rule.CidrIpv4 !== undefined ||
  rule.CidrIpv6 !== undefined ||
  rule.PrefixListId !== undefined ||
  groups.includes(rule.ReferencedGroupInfo?.GroupId ?? '');

async function secretFinding(session: Powers, access: DatabaseAccess): Promise<DatabaseFinding> {
  try {
    const { user } = await credentialsOf(session, access);
    return finding('secret', undefined, `holds user ${user} and a password`);
  } catch (error) {
    const { id, kind, message, remedy } = error as { id?: string; kind?: string; message: string; remedy?: string };
    if (kind === 'credentials')
      return { id: 'secret', status: 'unknown', detail: message, failure: null, remedy: remedy ?? null };
    if (id !== 'database-secret-missing' && id !== 'database-secret-shape') throw error;
    return finding('secret', { detail: message, failure: id.endsWith('shape') ? 'F-81' : 'F-90', remedy: remedy! }, '');
  }
}

export async function proxyFindings(
  { aws }: Pick<Session, 'aws'>,
  { secretId }: Pick<DatabaseAccess, 'secretId'>,
  name: string,
  region: string,
): Promise<DatabaseFinding[]> {
  const { rds } = aws.in(region);
  const [proxy, listed] = await Promise.all([rds.proxy(name), rds.proxyTargets(name)]);
  // The cluster stands among them too, and has no health of its own.
  const targets = listed.filter(({ Type }) => Type !== 'TRACKED_CLUSTER');
  if (!proxy)
    return [
      finding(
        'proxy',
        { detail: `there is no proxy ${name}`, failure: 'F-84', remedy: 'platform recover data makes it again' },
        '',
      ),
    ];
  const ill = targets.find(({ TargetHealth }) => TargetHealth?.State !== 'AVAILABLE');
  const knows = (proxy.Auth ?? []).some((one) => one.SecretArn === secretId);
  return [
    finding(
      'proxy',
      targets.length === 0
        ? { detail: `${name} has no targets`, failure: 'F-84', remedy: 'platform recover data registers them again' }
        : ill && {
            detail: `${ill.RdsResourceId} is ${ill.TargetHealth?.State}: ${[ill.TargetHealth?.Reason, ill.TargetHealth?.Description].filter(Boolean).join(', ') || 'AWS gives no reason'}`,
            failure: 'F-84',
            remedy: PROXY_REASONS[ill.TargetHealth?.Reason ?? ''] ?? 'platform db status shows all targets',
          },
      `${name}: ${targets.length} targets available`,
    ),
    finding(
      'proxy-secret',
      knows
        ? undefined
        : {
            detail: `${name} does not know the secret that tasks log in with`,
            failure: 'F-83',
            remedy: `platform deploy sets its list again when its stack has changed; what somebody changed by hand: aws rds modify-db-proxy --db-proxy-name ${name} --auth, which takes the whole list`,
          },
      `${name} knows the secret`,
    ),
  ];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_TargetHealth.html */
const PROXY_REASONS: Record<string, string> = {
  UNREACHABLE: 'the security group of the proxy does not reach the database, or the database is stopped',
  CONNECTION_FAILED: 'the database refuses the proxy: look at its connections and at rds.force_ssl',
  AUTH_FAILURE: 'the secret of the proxy is not what the database knows, or its role may not read it',
  PENDING_PROXY_CAPACITY: 'the proxy is being scaled: wait some minutes',
  INVALID_REPLICATION_STATE: 'the replica does not follow its source',
  PROMOTED: 'the replica has been made a database of its own',
};
