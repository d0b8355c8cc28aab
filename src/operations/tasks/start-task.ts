import { randomUUID } from 'node:crypto';
import type { Task } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { OneOffPlace } from './one-off-place.ts';

/** What a run changes of its task definition. */
export interface TaskOverrides {
  /** Instead of the image's own, word by word. */
  command?: readonly string[];
  /** Never a secret: everybody who may look at tasks sees it. */
  environment?: Readonly<Record<string, string>>;
  cpu?: number;
  memoryMiB?: number;
  /** Lets `exec` in. */
  exec?: boolean;
  /** Letters, digits, `-`, `_` and `/`; shown by ECS, and a way to find the task again. */
  startedBy: string;
}

/** So often ECS is asked before we say that it has no room; the pauses double from one poll to a minute. */
const TRIES = 10;
const LONGEST_PAUSE_MS = 60_000;

type Powers = Pick<Session, 'aws' | 'clock' | 'reporter' | 'signal' | 'target'>;

/**
 * Starts the task; waits and asks again while Fargate has no capacity (F-55), each time for the next availability zone.
 * The call itself is not cut off by Ctrl-C: a task that nobody knows of would be the result.
 */
export async function startTask(session: Powers, place: OneOffPlace, overrides: TaskOverrides): Promise<Task> {
  const { clock, reporter, signal, target } = session;
  const { ecs } = session.aws.uninterrupted();
  for (let attempt = 0; ; attempt += 1) {
    signal.throwIfAborted();
    // A lost answer is asked for again with the same token, and no second task is started.
    const answer = await ecs.runTask({ ...request(place, overrides, attempt), clientToken: randomUUID() });
    if ('task' in answer) return answer.task;
    if ('refused' in answer) throw notStarted(place, answer.refused);
    if (attempt + 1 >= TRIES) throw noRoom(place.component, answer.noRoom, TRIES);
    reporter.note(`No room for a task yet, asking again: ${answer.noRoom}`);
    await clock.sleep(pauseMs(target.pollMs, attempt), signal);
  }
}

export const pauseMs = (pollMs: number, attempt: number): number => Math.min(pollMs * 2 ** attempt, LONGEST_PAUSE_MS);

function request(place: OneOffPlace, overrides: TaskOverrides, attempt: number) {
  const { cluster, taskDefinition, container, subnets, securityGroup, assignPublicIp } = place;
  const { command, environment, cpu, memoryMiB, exec, startedBy } = overrides;
  return {
    cluster,
    taskDefinition,
    launchType: 'FARGATE' as const,
    startedBy,
    ...(exec ? { enableExecuteCommand: true } : {}),
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: attempt === 0 ? subnets : [subnets[attempt % subnets.length]!],
        securityGroups: [securityGroup],
        assignPublicIp: assignPublicIp ? ('ENABLED' as const) : ('DISABLED' as const),
      },
    },
    overrides: {
      ...(cpu === undefined ? {} : { cpu: String(cpu) }),
      ...(memoryMiB === undefined ? {} : { memory: String(memoryMiB) }),
      containerOverrides: [
        {
          name: container,
          ...(command ? { command: [...command] } : {}),
          ...(environment
            ? { environment: Object.entries(environment).map(([name, value]) => ({ name, value })) }
            : {}),
        },
      ],
    },
  };
}

const notStarted = ({ cluster, component }: OneOffPlace, reason: string) =>
  OVER_QUOTA.test(reason) ? overQuota(component, reason) : refused(cluster, component, reason);

/** F-56: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const OVER_QUOTA = /reached the limit on the number of (vCPUs|tasks)/i;

const overQuota = (component: string, reason: string) =>
  new PlatformError({
    id: 'task-over-quota',
    kind: 'failed',
    message: `ECS did not start a task of ${component}: the account runs as much on Fargate as its quota lets it. AWS says: ${reason}`,
    remedy:
      'nothing has run; stop tasks that nobody needs, or aws service-quotas request-service-quota-increase --service-code fargate --quota-code L-3032A538 --desired-value <vCPUs>',
  });

const refused = (cluster: string, component: string, reason: string) =>
  new PlatformError({
    id: 'task-refused',
    kind: 'failed',
    message: `ECS did not start a task of ${component} in cluster ${cluster}. AWS says: ${reason}`,
    remedy: `nothing has run; aws ecs describe-clusters --clusters ${cluster} shows whether the cluster is still there, and platform recover runtime what can be done where it was deleted`,
  });

const noRoom = (component: string, reason: string, tries: number) =>
  new PlatformError({
    id: 'task-no-room',
    kind: 'failed',
    message: `ECS did not start a task of ${component} in ${tries} tries. AWS says: ${reason}`,
    remedy: 'nothing has run; wait some minutes and run this again',
  });
