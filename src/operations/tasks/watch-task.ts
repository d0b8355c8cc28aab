import type { Task } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { FollowedLog } from './follow-log.ts';

interface WatchInput {
  cluster: string;
  /** ARN. */
  task: string;
  container: string;
  /** Then it is stopped; milliseconds since 1970. */
  until: number;
  log: FollowedLog;
}

/** A network that fails for longer than so many looks, each with its retries, is reported; the task goes on. */
const BLIND_LOOKS = 30;
/** RunTask has answered, but for a moment DescribeTasks may not know the task: ECS promises consistency only in the end. */
const UNKNOWN_LOOKS = 30;
/** Fargate gives a container 30 s after SIGTERM, at most two minutes, and then takes the network away. */
const STOPPING_MS = 5 * 60_000;
/** The log driver hands lines on within seconds; so much quiet after the container's end, and there are none left. */
const QUIET_MS = 5_000;

type Powers = Pick<Session, 'aws' | 'clock' | 'reporter' | 'signal' | 'target'>;

/**
 * Watches a task to its end and hands its log on. Ctrl-C or the end of its time has it stopped, and it is watched until
 * it has. `aws` has to be one that Ctrl-C does not cut off.
 */
export async function watchTask(
  { aws, clock, reporter, signal, target }: Powers,
  { cluster, task: arn, container, until, log }: WatchInput,
): Promise<{ task: Task; asked: 'timed-out' | 'cancelled' | undefined }> {
  let asked: 'timed-out' | 'cancelled' | undefined;
  let stoppingSince: number | undefined;
  let endedAt: number | undefined;
  let unseen = 0;
  for (;;) {
    const seen = await look(aws, cluster, arn);
    if ('task' in seen) {
      unseen = 0;
      const { task } = seen;
      const said = await log.read();
      if (isOver(task, container)) endedAt = said || endedAt === undefined ? clock.now() : endedAt;
      // On the sandbox a line can be read as soon as it is written.
      const quiet = endedAt !== undefined && (target.sandbox || clock.now() - endedAt >= QUIET_MS);
      if (quiet && (!asked || task.lastStatus === 'STOPPED')) {
        await log.read();
        return { task, asked };
      }
    } else {
      unseen += 1;
      if (unseen > ('failure' in seen ? BLIND_LOOKS : UNKNOWN_LOOKS)) throw outOfSight(arn, seen);
      if ('failure' in seen && seen.failure.kind === 'credentials') throw endedSession(arn, seen.failure);
    }

    const wish = asked ?? (signal.aborted ? 'cancelled' : clock.now() >= until ? 'timed-out' : undefined);
    if (wish && !asked) {
      asked = wish;
      stoppingSince = clock.now();
      reporter.note(`Stopping the task${wish === 'timed-out' ? ': its time is over' : ''}`);
    }
    if (stoppingSince !== undefined) {
      if (clock.now() - stoppingSince > STOPPING_MS) throw notStopping(arn);
      // Asked anew each time: an answer may have been lost, and to stop a stopped task changes nothing.
      if (!('task' in seen) || seen.task.desiredStatus !== 'STOPPED')
        await aws.ecs.stopTask(cluster, arn, REASONS[asked!]).catch(() => undefined);
    }
    // Ctrl-C wakes the first sleep after it; the ones after that must not be cut short.
    await clock.sleep(target.pollMs, asked ? undefined : signal).catch(() => undefined);
  }
}

const REASONS = { cancelled: 'Stopped by the person who ran it', 'timed-out': 'Its time was over' } as const;

type Seen = { task: Task } | { failure: PlatformError } | { unknown: true };

async function look(aws: Session['aws'], cluster: string, arn: string): Promise<Seen> {
  try {
    const [task] = await aws.ecs.describeTasks(cluster, [arn]);
    return task ? { task } : { unknown: true };
  } catch (error) {
    if (error instanceof PlatformError) return { failure: error };
    throw error;
  }
}

/** Its container has ended with a code, or the task is stopped, with or without one. */
const isOver = ({ lastStatus, containers = [] }: Task, container: string): boolean =>
  lastStatus === 'STOPPED' ||
  containers.some(
    ({ name, lastStatus: of, exitCode }) => name === container && of === 'STOPPED' && exitCode !== undefined,
  );

const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

const outOfSight = (arn: string, seen: Seen) =>
  new PlatformError({
    id: 'task-out-of-sight',
    kind: 'pending',
    message: `Task ${idOf(arn)} was started, and AWS has not said for a while how it stands; it may go on`,
    remedy: `platform logs --task ${idOf(arn)} shows what it did; look there before this is run again`,
    cause: 'failure' in seen ? seen.failure : undefined,
  });

const endedSession = (arn: string, cause: PlatformError) =>
  new PlatformError({
    id: 'task-session-ended',
    kind: 'credentials',
    message: `${cause.message}. Task ${idOf(arn)} goes on without us`,
    remedy: `${cause.remedy}; platform logs --task ${idOf(arn)} shows what the task did`,
    cause,
  });

const notStopping = (arn: string) =>
  new PlatformError({
    id: 'task-not-stopping',
    kind: 'pending',
    message: `Task ${idOf(arn)} was asked to stop and has not yet`,
    remedy: `platform logs --task ${idOf(arn)} shows what it does; wait before this is run again`,
  });
