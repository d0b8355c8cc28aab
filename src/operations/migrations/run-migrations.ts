import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { keepOneOff } from '../flight-recorder/keep-one-off.ts';
import type { Recorder } from '../flight-recorder/recorder.ts';
import type { HeldLock } from '../locks/hold-lock.ts';
import type { LogLine } from '../tasks/follow-log.ts';
import { oneOffFailure } from '../tasks/one-off-failure.ts';
import type { OneOffPlace } from '../tasks/one-off-place.ts';
import { type OneOffOutcome, type OneOffPowers, runOneOff, taskIdOf } from '../tasks/run-one-off.ts';
import { waitFor } from '../wait-for.ts';

/** All migrations of an environment are started so, and are found again by it when whoever started them is gone. */
const STARTED_BY = 'platform/migrate';

export interface MigrationStep extends OneOffOutcome {
  command: string[];
}

/** How migrations ended: what the last command that ran says, and every command. A contract of `--json`. */
export interface MigrationRun {
  task: string;
  exitCode: number | null;
  seconds: number;
  simulated: boolean;
  stoppedReason: string | null;
  steps: MigrationStep[];
}

export interface MigrationInput {
  place: OneOffPlace;
  /** In order; the first that does not end with 0 is the last. */
  commands: readonly (readonly string[])[];
  /** For all of them together. */
  timeoutMs: number;
  lock: Pick<HeldLock, 'check'>;
  onLine: (line: LogLine) => void;
  recorder?: Recorder | undefined;
}

/** Runs the commands one after the other, each once: a migration is never tried again by us (F-88). */
export async function runMigrations(session: OneOffPowers, input: MigrationInput): Promise<MigrationRun> {
  const { clock, reporter } = session;
  const until = clock.now() + input.timeoutMs;
  const steps: MigrationStep[] = [];
  for (const command of input.commands) {
    input.lock.check();
    const kept = keepOneOff(input.recorder, { component: input.place.component, command }, input.onLine);
    const outcome = await runOneOff(session, {
      place: input.place,
      command,
      timeoutMs: Math.max(0, until - clock.now()),
      startedBy: STARTED_BY,
      onStart: (task) => reporter.note(`${command.join(' ')}: task ${task} is being started`),
      onLine: kept.onLine,
    });
    kept.ended(outcome);
    steps.push({ command: [...command], ...outcome });
    if (failureOf(steps.at(-1)!)) break;
  }
  const { task, exitCode, stoppedReason } = steps.at(-1)!;
  const seconds = Math.round(steps.reduce((sum, step) => sum + step.seconds, 0) * 10) / 10;
  return { task, exitCode, seconds, simulated: steps.some(({ simulated }) => simulated), stoppedReason, steps };
}

/** Of the command that did not end with 0; undefined when all did. */
export const migrationFailure = ({ steps }: MigrationRun, remedy?: string): PlatformError | undefined =>
  failureOf(steps.at(-1)!, remedy);

const failureOf = (step: MigrationStep, remedy?: string): PlatformError | undefined =>
  oneOffFailure(step, { what: step.command.join(' '), ...(remedy ? { remedy } : {}) });

/**
 * A migration whose program died goes on in AWS, after its lock has freed itself. Waits for it without touching it, and
 * throws `migration-running` when it takes longer.
 */
export async function afterEarlierMigrations(
  { aws, clock, reporter, signal, target }: OneOffPowers & Pick<Session, 'environment'>,
  { cluster, waitMs }: { cluster: string; waitMs: number },
): Promise<void> {
  const running = () => aws.ecs.startedBy(cluster, STARTED_BY);
  const found = await running();
  if (found.length === 0) return;
  const ids = found.map(taskIdOf).join(', ');
  const ended =
    waitMs > 0 &&
    (await reporter.step(`Waiting for task ${ids}, a migration that was started before`, () =>
      waitFor({ clock, everyMs: target.pollMs, forMs: waitMs, signal }, async () =>
        (await running()).length === 0 ? true : undefined,
      ),
    ));
  if (!ended) throw stillMigrating(ids);
}

const stillMigrating = (task: string) =>
  new PlatformError({
    id: 'migration-running',
    kind: 'pending',
    message: `An earlier migration still runs: task ${task}`,
    remedy: `platform migrate --wait 30m waits for it; platform logs --task ${task} shows what it does`,
  });
