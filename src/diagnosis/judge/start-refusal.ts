import type { Service, ServiceEvent } from '@aws-sdk/client-ecs';
import type { FailureId } from '../../domain/failure-id.ts';
import type { Cause } from '../cause.ts';
import { evidenceOf } from '../shown-evidence.ts';
import { certain, judgedText, type Patient, type TaskEnd } from './patient.ts';

interface StartRefusal {
  id: FailureId;
  pattern: RegExp;
  what: (match: RegExpExecArray) => string;
  remedy: (patient: Patient) => string;
  recurs: Cause['recurs'];
}

/** Why ECS starts no task at all: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const REFUSALS: readonly StartRefusal[] = [
  {
    id: 'F-55',
    pattern: /Capacity is unavailable at this time/,
    what: () => 'Fargate has no room for its tasks where they are to run, for now',
    remedy: () =>
      'wait: ECS tries again by itself; more availability zones (network.azs) or amd64 instead of arm64 find room sooner',
    recurs: 'passing',
  },
  {
    id: 'F-56',
    pattern: /reached the limit on the number of (vCPUs|tasks)/i,
    what: ([, of]) =>
      `the account runs as many ${of} on Fargate as its quota lets it; a rollout needs up to twice those of the service`,
    remedy: ({ subject }) =>
      `aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value <vCPUs>; or fewer or smaller tasks: ${subject}.scaling, .cpu`,
    recurs: 'maybe',
  },
  {
    id: 'F-57',
    pattern: /[Uu]nable to assume the service linked role/,
    what: () => 'the account lacks the service-linked role of ECS',
    remedy: (patient) =>
      `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com, then ${patient.again}`,
    recurs: 'always',
  },
  {
    id: 'F-58',
    pattern: /unable to place a task\. Reason: Internal error/,
    what: () => 'Fargate cannot place tasks in one of its subnets: most often an availability zone without Fargate',
    remedy: ({ flags }) =>
      `name other zones in network.azs, then platform deploy ${flags}; in a network of others, other subnets`,
    recurs: 'maybe',
  },
  {
    id: 'F-61',
    pattern: /TaskDefinition is inactive/i,
    what: () => 'the revision of its task definition was deregistered, and ECS starts nothing of it',
    remedy: ({ name, flags }) => `platform rollback ${name} ${flags}, or platform deploy ${flags}, registers it anew`,
    recurs: 'always',
  },
  {
    id: 'F-62',
    pattern: /unable to stop or start tasks during a deployment because of the service deployment configuration/,
    what: () => 'its minimumHealthyPercent and maximumPercent let ECS neither stop an old task nor start a fresh one',
    remedy: ({ flags }) =>
      `platform deploy ${flags} puts the percentages back; by hand: aws ecs update-service --deployment-configuration minimumHealthyPercent=100,maximumPercent=200`,
    recurs: 'maybe',
  },
];

/** F-55 to F-58, F-61, F-62: what a text says of a start that did not come to be. */
export function judgeStartRefusal(patient: Patient, { reason, said }: TaskEnd): Cause | undefined {
  for (const { id, pattern, what, remedy, recurs } of REFUSALS) {
    const match = pattern.exec(reason);
    if (match) return certain(patient, { id, what: what(match), remedy: remedy(patient), recurs }, [said]);
  }
  return undefined;
}

/** The role of a task that ECS says it cannot take on. */
export const unusableRole = (reason: string): string | undefined =>
  /unable to assume the role '(arn:[^']+)'/.exec(reason)?.[1];

/** What the events of a service say of tasks of a rollout that were not started, the newest first, each reason once. */
export function refusedStarts(
  service: Service | undefined,
  { rollout, since }: { rollout: string | undefined; since?: number | undefined },
): TaskEnd[] {
  const { events = [], deployments = [] } = service ?? {};
  const begun = deployments.find(({ id }) => id === rollout)?.createdAt?.getTime() ?? since;
  const { from, to } = begun === undefined ? spanOf(events, rollout) : { from: 0, to: events.length };
  const found = new Map<string, TaskEnd>();
  for (const [index, { message = '', createdAt }] of events.entries()) {
    if (index < from || index >= to || (createdAt?.getTime() ?? 0) < (begun ?? 0)) continue;
    const reason = reasonIn(judgedText(message));
    if (reason === undefined) continue;
    const before = found.get(reason);
    if (before) before.count += 1;
    else
      found.set(reason, {
        reason,
        said: evidenceOf('ecs:DescribeServices', `services[0].events[${index}].message`, message),
        count: 1,
        index,
      });
  }
  return [...found.values()];
}

/**
 * Where the events of a rollout stand that the service no longer lists: from the one that tells of its end back to the
 * one that tells that all was well before it.
 */
function spanOf(events: readonly ServiceEvent[], rollout: string | undefined): { from: number; to: number } {
  const named = events.findIndex(
    ({ message = '' }) => rollout !== undefined && message.includes(`(deployment ${rollout})`),
  );
  const from = Math.max(0, named);
  const before = events.findIndex(
    ({ message = '' }, index) => index > from && /has reached a steady state|deployment completed/.test(message),
  );
  return { from, to: before === -1 ? events.length : before };
}

/** Past the name of the service. */
const reasonIn = (message: string): string | undefined =>
  /(unable to place a task\. Reason: .*|failed to launch a task with \(error .*|unable to stop or start tasks during a deployment.*|[Uu]nable to assume the service linked role.*)/s.exec(
    message,
  )?.[1];

/** What the load balancer found of a task, by the service's own events. */
export function unhealthyEvents(
  events: readonly ServiceEvent[],
): { task: string | undefined; at: number; reason: string; said: TaskEnd['said'] }[] {
  return events.flatMap(({ message = '', createdAt }, index) => {
    const [, reason] =
      /is unhealthy in \(?target-group .*? due to \(reason (.+?)\)\.?$/.exec(judgedText(message)) ?? [];
    if (reason === undefined) return [];
    const task = /\(task ([0-9a-f]+)\)/.exec(message)?.[1];
    const said = evidenceOf('ecs:DescribeServices', `services[0].events[${index}].message`, message);
    return [{ task, at: createdAt?.getTime() ?? 0, reason, said }];
  });
}
