import { tasks } from '../sandbox/services/ecs/state.ts';
import type { Deployable } from './deployable.ts';
import type { FinishedRun, RunOptions } from './start-platform.ts';

/**
 * Whether it has come, by what AWS holds or by all that the command has said on stderr. Looked at in every turn of this
 * process, in which AWS lives too: nothing is missed.
 */
export type Moment = (said: string) => boolean;

/** A part of a command's life in which the time of AWS all but stands still, so that what is then lasts. */
export interface Hold {
  from: Moment;
  /** What happens in it. */
  act?: () => unknown;
  /** Absent: it ends when `act` is done. */
  until?: Moment;
  /** Virtual milliseconds per real one from then on; as many as before unless said otherwise. */
  speed?: number;
}

const STILL = 1e-6;
const nextTurn = () => new Promise<false>((turn) => setImmediate(turn, false));

/**
 * Runs a command line and holds time while it goes on, once for each of these, in this order: what a test needs of AWS
 * lasts until the command has seen it, however busy this machine is. What does not begin before the command ends is
 * left out; what the command did tells the test why.
 */
export async function holdTime(
  project: Deployable,
  words: string,
  holds: readonly Hold[],
  options: RunOptions = {},
): Promise<FinishedRun> {
  const { world } = project.aws;
  let said = '';
  const work = project.platform(words, {
    ...options,
    hear: (stderr) => {
      said = stderr;
    },
  });
  const over = work.then(
    () => true,
    () => true,
  );
  const comes = async (moment: Moment) => {
    while (!moment(said)) if (await Promise.race([over, nextTurn()])) return false;
    return true;
  };
  for (const { from, act, until, speed = world.speed } of holds) {
    if (!(await comes(from))) break;
    await world.setSpeed(STILL);
    await act?.();
    if (until) await comes(until);
    await world.setSpeed(speed);
  }
  return work;
}

/** Whether AWS has been asked for this, so often since the last `forget`: `service:Operation`. */
export const hasAsked =
  ({ asked }: Pick<Deployable, 'asked'>, call: string, times = 1): Moment =>
  () =>
    asked().filter((one) => one === call).length >= times;

/** Whether so many tasks of services have ended by themselves since this was called. */
export function haveFailed({ aws }: Deployable, count: number): Moment {
  const failed = () =>
    tasks
      .in(aws.scope)
      .values()
      .filter(({ service, task }) => service && task.lastStatus === 'STOPPED' && FAILURES.includes(task.stopCode!));
  const before = failed().length;
  return () => failed().length >= before + count;
}

const FAILURES = ['EssentialContainerExited', 'TaskFailedToStart'];
