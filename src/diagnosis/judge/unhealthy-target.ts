import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Cause, Evidence } from '../cause.ts';
import type { LogTail } from '../collect/log-tail.ts';
import { type Look, seen } from '../look.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { logRead } from './container-end.ts';
import { knownWords } from './known-words.ts';
import { listenersIn } from './listeners.ts';
import { certain, type Patient, possible } from './patient.ts';
import { letsThrough, rulesText } from './security-rules.ts';

export interface Unhealthy {
  /** What the load balancer says: `Health checks failed with these codes: [404]`, `Request timed out`. */
  reason: string;
  said: Evidence;
  group: TargetGroup | undefined;
  /** Where it asks. */
  port: number | undefined;
  log: Look<LogTail>;
  /** Of the load balancer, and of the tasks; undefined: not looked at. */
  doors: { balancer: readonly string[]; tasks: readonly string[]; rules: readonly SecurityGroupRule[] } | undefined;
}

/** Why a load balancer does not call a target healthy: F-64, F-65, F-66, or what the program itself says of it. */
export function judgeUnhealthy(patient: Patient, unhealthy: Unhealthy): Cause[] {
  const { reason, log } = unhealthy;
  const [, code] = /these codes: \[(\d{3})/.exec(reason) ?? [];
  if (code !== undefined) return [wrongCode(patient, Number(code), unhealthy)];
  if (!/timed out|timeout|Health checks failed/i.test(reason)) return [];
  const closed = closedDoor(patient, unhealthy);
  if (closed) return [closed];
  const place = wrongPlace(patient, unhealthy);
  if (place) return [place];
  // A program that waits for its database answers nobody.
  const words = knownWords(patient, seen(log)?.lines ?? []);
  if (words && BEHIND.has(words.named.id))
    return [certain(patient, words.named, [logRead(log, words.line), unhealthy.said])];
  return [noAnswer(patient, unhealthy)];
}

const BEHIND = new Set(['F-78', 'F-79', 'F-80', 'F-81', 'F-82', 'F-83', 'F-89']);

function wrongCode(patient: Patient, code: number, { said, group, log }: Unhealthy): Cause {
  const path = group?.HealthCheckPath ?? patient.healthPath ?? 'its path';
  const matcher = group?.Matcher?.HttpCode ?? '200';
  const asked = group
    ? [evidenceOf('elasticloadbalancing:DescribeTargetGroups', 'TargetGroups[0].HealthCheckPath', path)]
    : [];
  const lines = seen(log)?.lines ?? [];
  const host = lines.findLast((line) => HOST.test(line));
  if (code === 400 && host !== undefined) {
    const refused = HOST_NAMED.exec(host)?.[1] ?? 'the address of the task';
    return certain(
      patient,
      {
        id: 'F-65',
        what: `it refuses the health check, which comes with ${refused} as its Host`,
        remedy: pastTheHost(path, host),
        recurs: 'always',
      },
      [said, logRead(log, host), ...asked],
    );
  }
  const error = lines.findLast((line) => /error|exception|traceback|fatal/i.test(line)) ?? lines.at(-1);
  const shown = code >= 500 && error !== undefined ? [logRead(log, error)] : [];
  const { what, remedy } = meaningOf(patient, { code, path, matcher });
  return certain(patient, { id: 'F-64', what, remedy, recurs: 'maybe' }, [said, ...asked, ...shown]);
}

/** A load balancer asks under the address of the task, which changes with every start: no list can name it. */
const pastTheHost = (path: string, line: string): string =>
  /Blocked hosts?: /.test(line)
    ? `leave ${path} out of the check (config.host_authorization = { exclude: ->(request) { request.path == "${path}" } }); never let 400 pass for healthy`
    : `answer ${path} in a middleware of your own that stands first in MIDDLEWARE, before SecurityMiddleware and CommonMiddleware, which check the Host; or add the task's own address to ALLOWED_HOSTS at its start; never let 400 pass for healthy`;

/** Django, Rails, and the gateways before them. */
const HOST = /Invalid HTTP_HOST header|Blocked hosts?: |DisallowedHost/;
const HOST_NAMED = /(?:Invalid HTTP_HOST header: '|Blocked hosts?: )([^\s',]+)/;

function meaningOf(
  { name, subject, flags }: Patient,
  { code, path, matcher }: { code: number; path: string; matcher: string },
): { what: string; remedy: string } {
  const set = `then platform deploy ${flags}`;
  if (code === 404)
    return {
      what: `its health check asks for ${path}, which the program does not know (404)`,
      remedy: `set ${subject}.health.path to one that it answers with ${matcher}, ${set}`,
    };
  if (code >= 300 && code < 400)
    return {
      what: `its health check asks for ${path} and is sent elsewhere (${code}): a missing or extra slash, or a redirect to HTTPS`,
      remedy: `set ${subject}.health.path to where it is sent, or have the program answer ${path} without a redirect (health checks come over plain HTTP), ${set}`,
    };
  if (code === 401 || code === 403)
    return {
      what: `its health check asks for ${path}, for which the program wants a login (${code})`,
      remedy: `let ${path} be answered without a login, or set ${subject}.health.path to a path that is, ${set}`,
    };
  if (code >= 500)
    return {
      what: `the program answers its health check at ${path} with an error of its own (${code})`,
      remedy: `platform logs ${name} ${flags} shows what it says of it`,
    };
  return {
    what: `the program answers its health check at ${path} with ${code}, and ${matcher} means healthy`,
    remedy: `correct what answers ${path}, or set ${subject}.health.matcher when ${code} is meant, ${set}`,
  };
}

/** The port is not open between the load balancer and the tasks. */
function closedDoor(patient: Patient, { said, port, doors, reason }: Unhealthy): Cause | undefined {
  // Who is refused has been reached.
  if (!doors || port === undefined || !/timed out|timeout/i.test(reason)) return undefined;
  const { balancer, tasks, rules } = doors;
  const sides = [
    { groups: balancer, egress: true, peer: { groups: tasks } },
    { groups: tasks, egress: false, peer: { groups: balancer } },
  ];
  // Rules by address are let pass: where the load balancer stands is not looked up.
  const shut = sides.find(
    ({ groups, egress, peer }) =>
      !letsThrough(rules, { groups, egress, port, peer }) && !byAddress(rules, { groups, egress, port }),
  );
  if (!shut) return undefined;
  const { groups, egress } = shut;
  return certain(
    patient,
    {
      id: 'F-66',
      what: `security group ${groups.join(', ')} of the ${egress ? 'load balancer' : 'tasks'} does not let port ${port} ${egress ? 'out to the tasks' : 'in from the load balancer'}`,
      // Both rules are resources of the service's stack, which makes again what was deleted of it.
      remedy: `platform recover service-${patient.name} ${patient.flags}, which makes the rule again, then ${patient.again}`,
      recurs: 'always',
    },
    [
      said,
      evidenceOf(
        'ec2:DescribeSecurityGroupRules',
        `SecurityGroupRules[IsEgress=${egress}]`,
        rulesText(rules, { groups, egress }),
      ),
    ],
  );
}

const byAddress = (
  rules: readonly SecurityGroupRule[],
  { groups, egress, port }: { groups: readonly string[]; egress: boolean; port: number },
): boolean =>
  rules.some(
    ({ GroupId, IsEgress, IpProtocol, FromPort = 0, ToPort = 65_535, CidrIpv4 }) =>
      groups.includes(GroupId ?? '') &&
      IsEgress === egress &&
      CidrIpv4 !== undefined &&
      (IpProtocol === '-1' || (FromPort <= port && port <= ToPort)),
  );

/** It listens, and not where it is asked. One that listens elsewhere may be about to open its real port too. */
function wrongPlace(patient: Patient, { said, port, log }: Unhealthy): Cause | undefined {
  const heard = listenersIn(seen(log)?.lines ?? []);
  if (port === undefined || heard.some((one) => !one.local && one.port === port)) return undefined;
  const local = heard.find((one) => one.local && one.port === port);
  if (local)
    return certain(
      patient,
      {
        id: 'F-66',
        what: `it listens on ${local.address}:${local.port}, which nobody outside its container reaches`,
        remedy: `have it listen on 0.0.0.0:${port} (often HOST=0.0.0.0, or --bind 0.0.0.0:${port}), then platform deploy ${patient.flags}`,
        recurs: 'always',
      },
      [said, logRead(log, local.line)],
    );
  const other = heard.at(-1);
  if (!other) return undefined;
  return certain(
    patient,
    {
      id: 'F-66',
      what: `it listens on port ${other.port}, and its health check asks at ${port}`,
      remedy: `set ${patient.subject}.port: ${other.port} in platform.yaml, or have it listen on ${port}, then platform deploy ${patient.flags}`,
      recurs: 'maybe',
    },
    [said, logRead(log, other.line)],
  );
}

function noAnswer(patient: Patient, { said, group, port, reason, log, doors }: Unhealthy): Cause {
  const { name, subject, flags } = patient;
  const slow = /timed out|timeout/i.test(reason);
  const seconds = group?.HealthCheckTimeoutSeconds;
  const timeout = evidenceOf(
    'elasticloadbalancing:DescribeTargetGroups',
    'TargetGroups[0].HealthCheckTimeoutSeconds',
    seconds,
  );
  if (slow)
    return (doors && seen(log) ? certain : possible)(
      patient,
      {
        id: 'F-66',
        what: `it does not answer its health check${seconds ? ` within ${seconds} s` : ''}, though port ${port} is open to the load balancer`,
        remedy: `platform logs ${name} ${flags} shows what it is busy with; a slow start needs ${subject}.health.graceSeconds, a slow answer timeoutSeconds`,
        recurs: 'maybe',
      },
      [said, ...(group ? [timeout] : [])],
    );
  return possible(
    patient,
    {
      id: 'F-66',
      what: `nothing takes connections at port ${port} of its tasks: it listens elsewhere, on 127.0.0.1 alone, or not yet`,
      remedy: `have it listen on 0.0.0.0:${port}; platform logs ${name} ${flags} shows where it does; a slow start needs ${subject}.health.graceSeconds`,
      recurs: 'maybe',
    },
    [said],
  );
}
