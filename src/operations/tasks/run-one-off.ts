import type { Task } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { isPassing, neverStarted, stoppedReasonOf } from '../../domain/task-end.ts';
import { isSimulated } from '../../domain/task-images.ts';
import { followLog, type LogLine } from './follow-log.ts';
import type { OneOffPlace } from './one-off-place.ts';
import { pauseMs, startTask, type TaskOverrides } from './start-task.ts';
import { watchTask } from './watch-task.ts';

export interface OneOffInput extends TaskOverrides {
  /** From `oneOffPlace`, or from `placeIn` in the middle of a deployment. */
  place: OneOffPlace;
  /** From the start of the task on; then it is stopped. */
  timeoutMs: number;
  onLine: (line: LogLine) => void;
  /** Told as soon as ECS has taken the task. */
  onStart?: (task: string) => void;
}

/** How one run ended; part of the `--json` contract of `run` and `migrate`. */
export interface OneOffOutcome {
  /** Id of the task. */
  task: string;
  /** Null: it ended without one, which is a failure too (F-88). */
  exitCode: number | null;
  seconds: number;
  /** No container ran: the sandbox had no engine. */
  simulated: boolean;
  /** As ECS says. */
  stoppedReason: string | null;
  /** `stopped`: by somebody else, or by ECS. */
  end: 'exited' | 'not-started' | 'timed-out' | 'cancelled' | 'stopped';
}

export type OneOffPowers = Pick<Session, 'aws' | 'clock' | 'reporter' | 'signal' | 'target'>;

/** A task that Fargate could not bring up has run nothing: it is started anew so often. */
const STARTS = 4;

/**
 * Runs one task of a component to its end: started once, its log followed from the first line, stopped when its time is
 * over or at Ctrl-C, and seen stopped. What the command does is never done a second time by us. An end that is a
 * failure is an answer too; `oneOffFailure` makes an error of it.
 */
export async function runOneOff(session: OneOffPowers, input: OneOffInput): Promise<OneOffOutcome> {
  const { clock, reporter, signal, target } = session;
  for (let start = 1; ; start += 1) {
    const outcome = await runOnce(session, input);
    const passing = outcome.end === 'not-started' && isPassing(outcome.stoppedReason ?? '');
    if (!passing || start >= STARTS) return outcome;
    reporter.note(`The task was not brought up, starting another: ${outcome.stoppedReason}`);
    await clock.sleep(pauseMs(target.pollMs, start), signal);
  }
}

async function runOnce(session: OneOffPowers, input: OneOffInput): Promise<OneOffOutcome> {
  const { place, timeoutMs, onLine, onStart, ...overrides } = input;
  const startedAt = session.clock.now();
  const started = await startTask(session, place, overrides);
  onStart?.(taskIdOf(started));
  const { task, asked } = await followTask(session, { place, task: started, until: startedAt + timeoutMs, onLine });
  return outcomeOf(place, { task, asked, seconds: (session.clock.now() - startedAt) / 1000 });
}

/** Watches a task that is on its way, whoever started it, and hands on its log. */
export function followTask(
  session: OneOffPowers,
  { place, task, until, onLine }: { place: OneOffPlace; task: Task; until: number; onLine: (line: LogLine) => void },
): ReturnType<typeof watchTask> {
  const { log, container, cluster } = place;
  const aws = session.aws.uninterrupted();
  const followed = followLog(
    { aws, reporter: session.reporter },
    { group: log.group, stream: `${log.prefix}/${container}/${taskIdOf(task)}` },
    onLine,
  );
  return watchTask({ ...session, aws }, { cluster, task: task.taskArn!, container, until, log: followed });
}

export function outcomeOf(
  { container }: Pick<OneOffPlace, 'container'>,
  { task, asked, seconds }: { task: Task; asked: 'timed-out' | 'cancelled' | undefined; seconds: number },
): OneOffOutcome {
  const exitCode = task.containers?.find(({ name }) => name === container)?.exitCode ?? null;
  return {
    task: taskIdOf(task),
    exitCode,
    seconds: Math.round(seconds * 10) / 10,
    simulated: isSimulated(task),
    stoppedReason: stoppedReasonOf(task),
    end: neverStarted(task)
      ? 'not-started'
      : (asked ?? (task.stopCode === 'EssentialContainerExited' || exitCode !== null ? 'exited' : 'stopped')),
  };
}

export const taskIdOf = ({ taskArn }: Pick<Task, 'taskArn'>): string => taskArn!.slice(taskArn!.lastIndexOf('/') + 1);
