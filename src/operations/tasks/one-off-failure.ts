import { exitCodeMeaning } from '../../domain/task-end.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { OneOffOutcome } from './run-one-off.ts';

/** What went wrong with a run, or undefined when its command ended with 0. `what` is a person's word for it. */
export function oneOffFailure(
  { task, exitCode, end, stoppedReason, seconds }: OneOffOutcome,
  { what, remedy = `platform logs --task ${task} shows what it said` }: { what: string; remedy?: string },
): PlatformError | undefined {
  const reason = stoppedReason ? `. ECS says: ${stoppedReason}` : '';
  // Of every program that ends, ECS says that it has ended.
  const more = stoppedReason?.replace(/^Essential container in task exited(; )?/, '');
  switch (end) {
    case 'cancelled':
      return new PlatformError({
        id: 'task-cancelled',
        kind: 'failed',
        message: `${what} was stopped at your request; task ${task} no longer runs`,
        remedy,
      });
    case 'timed-out':
      return new PlatformError({
        id: 'task-timed-out',
        kind: 'failed',
        message: `${what} was not done after ${Math.round(seconds)} s and was stopped`,
        remedy: `--timeout gives it more time; ${remedy}`,
      });
    case 'not-started':
      return new PlatformError({
        id: 'task-not-started',
        kind: 'failed',
        message: `${what} was not started: its container did not come up${reason}`,
        remedy: 'nothing of it has run, and there is no log; run it again once that is mended',
      });
    default:
      if (exitCode === 0) return undefined;
      if (exitCode === null)
        return new PlatformError({
          id: 'task-without-exit-code',
          kind: 'failed',
          message: `${what} ended without an exit code, so nobody knows whether it is done${reason}`,
          remedy,
        });
      return new PlatformError({
        id: 'task-failed',
        kind: 'failed',
        message: `${what} ended with exit code ${exitCode}${meaning(exitCode)}${more ? `. ECS says: ${more}` : ''}`,
        remedy,
      });
  }
}

function meaning(exitCode: number): string {
  const known = exitCodeMeaning(exitCode);
  return known ? `: ${known}` : '';
}
