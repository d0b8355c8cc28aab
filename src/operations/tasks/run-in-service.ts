import type { Session } from '../../context.ts';
import { isFargateSize, nearestFargateSizes } from '../../domain/fargate-sizes.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { migrationComponent } from '../../release/one-off-settings.ts';
import { explainedOneOff } from '../explain-failure.ts';
import { keepOneOff } from '../flight-recorder/keep-one-off.ts';
import type { Recorder } from '../flight-recorder/recorder.ts';
import { serviceUnknown } from '../services/service-unknown.ts';
import { oneOffFailure } from './one-off-failure.ts';
import { oneOffPlace } from './one-off-place.ts';
import { type OneOffOutcome, runOneOff } from './run-one-off.ts';

export interface RunInput {
  /** A service, or the component that migrations have for themselves. */
  component: string;
  /** As words: no shell looks at them. */
  command: readonly string[];
  /** Absent: as the component is configured. */
  cpu?: number;
  memoryMiB?: number;
  timeoutMs: number;
}

/** The contract of `run --json`; what is of the task is null on a dry run. */
export interface RunOutcome extends Omit<OneOffOutcome, 'task' | 'end' | 'seconds'> {
  environment: string;
  component: string;
  command: string[];
  task: string | null;
  end: OneOffOutcome['end'] | null;
  seconds: number;
  dryRun: boolean;
}

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'flags' | 'reporter' | 'signal' | 'target'> & {
  readonly recorder?: Recorder;
};

/** Runs a command once in a fresh task of a component, beside what runs. Answers with how it ended, and what to make of it. */
export async function runInService(
  session: Powers,
  { component, command, cpu, memoryMiB, timeoutMs }: RunInput,
): Promise<{ outcome: RunOutcome; failure?: PlatformError }> {
  const { environment, flags, reporter } = session;
  requireComponent(session, component);
  const place = await reporter.step(`Looking at ${component} in ${environment.name}`, () =>
    oneOffPlace(session, component),
  );
  const size = { cpu: cpu ?? place.size.cpu, memoryMiB: memoryMiB ?? place.size.memoryMiB };
  if (!isFargateSize(size.cpu, size.memoryMiB)) throw noSuchSize(size.cpu, size.memoryMiB);
  const common = { environment: environment.name, component, command: [...command] };
  if (flags.dryRun) {
    reporter.note(`would run ${command.join(' ')} in a task of ${component}`);
    return { outcome: { ...common, ...NOTHING, dryRun: true } };
  }

  const kept = keepOneOff(session.recorder, { component, command }, ({ text }) => reporter.line(text));
  const ended = await runOneOff(session, {
    place,
    command,
    ...(cpu === undefined && memoryMiB === undefined ? {} : size),
    timeoutMs,
    startedBy: 'platform/run',
    onStart: (task) => reporter.note(`Task ${task} of ${component} is being started`),
    onLine: kept.onLine,
  });
  if (ended.simulated) reporter.note('simulated: no container ran, the sandbox found no container engine');
  const failure = oneOffFailure(ended, { what: `${command[0]} in ${component}` });
  // What went well is no reason to forget an older failure for.
  if (failure) kept.ended(ended);
  const told = failure && (await explainedOneOff(session, failure, { kind: 'run', task: ended.task, place }));
  return { outcome: { ...common, ...ended, dryRun: false }, ...(told ? { failure: told } : {}) };
}

const NOTHING = { task: null, exitCode: null, seconds: 0, simulated: false, stoppedReason: null, end: null };

/** Whether the environment has such a component, before AWS is asked anything. */
export function requireComponent({ environment }: Pick<Session, 'environment'>, component: string): void {
  const own = migrationComponent(environment.blocks);
  const names = [...new Set([...Object.keys(environment.blocks.services), ...(own ? [own] : [])])];
  if (!names.includes(component)) throw serviceUnknown(component, names, environment.name);
}

const noSuchSize = (cpu: number, memoryMiB: number) =>
  new PlatformError({
    id: 'no-such-task-size',
    kind: 'usage',
    message: `Fargate has no task of ${cpu} CPU units with ${memoryMiB} MiB (F-54)`,
    remedy: `the nearest sizes are ${nearestFargateSizes(cpu, memoryMiB)
      .map((size) => `--cpu ${size.cpu} --memory ${size.memory}`)
      .join(', ')}`,
  });
