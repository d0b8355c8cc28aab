import type { Session } from '../../context.ts';
import { type EnvironmentState, type PausedService, writeState } from '../../release/environment-state.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import { type CountedService, countsOf, type ScaledService, scaledServices, watchCounts } from './change-counts.ts';
import type { CountsOutcome } from './scale.ts';
import { onSchedule, type ScheduledTask, switchSchedules } from './scheduled-tasks.ts';

export interface PauseInput {
  /** As platform.yaml calls them; absent: all. */
  services?: readonly string[];
  wait: boolean;
  forMs: number;
}

const SUSPENDED = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
} as const;

/**
 * Has services run no task and scaling leave them alone, until they are resumed. What they had is written down before
 * anything is changed; pausing twice keeps what was written first.
 */
export async function pause(session: Session, { services, wait, forMs }: PauseInput): Promise<CountsOutcome> {
  const { aws, clock, environment, flags, prompter, target } = session;
  const lock = await lazyLock(session, { command: 'pause' });
  try {
    const { objects, state } = await stateOf(session);
    const chosen = await Promise.all(
      (await scaledServices(session, state, services)).map(async (one) => ({
        ...one,
        started: await onSchedule(session, one.scheduled),
      })),
    );
    const running = chosen.filter((one) => !isPaused(one, state));
    const common = {
      environment: environment.name,
      unchanged: chosen.filter((one) => !running.includes(one)).map(({ name }) => ({ name, why: 'it is paused' })),
      dryRun: flags.dryRun,
    };
    if (running.length === 0) return { ...common, services: [] };
    await prompter.ask({
      text: `Stop every task of ${running.map(({ name }) => name).join(', ')} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}) until they are resumed?`,
    });
    if (flags.dryRun) return { ...common, services: running.map((one) => counted(one)) };
    await lock.take();
    const remembered = running.map((one) => [one.name, state.paused[one.name] ?? valuesOf(one)] as const);
    const now = { at: clock.now(), principal: target.principal };
    const paused = Object.fromEntries(remembered.map(([name, values]) => [name, { ...now, ...values }]));
    await writeState(objects, environment.name, { ...state, paused: { ...state.paused, ...paused } });
    await Promise.all(
      running.map(async ({ cluster, serviceName, scaling, started }) => {
        await switchSchedules(session, started, false);
        // A least of one or more could bring tasks back although scaling is suspended.
        if (scaling)
          await aws.applicationAutoScaling.change(cluster, serviceName, { MinCapacity: 0, SuspendedState: SUSPENDED });
        await aws.ecs.setDesiredCount(cluster, serviceName, 0);
      }),
    );
    if (!wait) return { ...common, services: running.map((one) => counted(one)) };
    const left = await watchCounts(session, `Pausing ${environment.name}`, { services: running, forMs, lock });
    return { ...common, services: running.map((one) => counted(one, left.get(one.name))) };
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

/** With those of its scheduled tasks that are on. */
type StartedService = ScaledService & { started: ScheduledTask[] };

/** Written down is not done: a pause that was cut off is finished by the next. */
const isPaused = ({ name, service, scaling, started }: StartedService, { paused }: EnvironmentState): boolean =>
  paused[name] !== undefined &&
  started.length === 0 &&
  service.desiredCount === 0 &&
  (scaling === undefined || (scaling.MinCapacity === 0 && scaling.SuspendedState?.DynamicScalingOutSuspended === true));

function valuesOf({ service, scaling, scheduled, started }: StartedService): Omit<PausedService, 'at' | 'principal'> {
  const off = scheduled.filter((one) => !started.includes(one)).map(({ name }) => name);
  return {
    ...(off.length > 0 ? { scheduledOff: off } : {}),
    desired: service.desiredCount ?? 0,
    ...(scaling
      ? {
          scaling: {
            min: scaling.MinCapacity!,
            max: scaling.MaxCapacity!,
            suspended: { ...NOT_SUSPENDED, ...scaling.SuspendedState },
          },
        }
      : {}),
  };
}

const NOT_SUSPENDED = {
  DynamicScalingInSuspended: false,
  DynamicScalingOutSuspended: false,
  ScheduledScalingSuspended: false,
} as const;

const counted = (one: ScaledService, running?: number): CountedService => {
  const before = countsOf(one);
  return {
    name: one.name,
    before,
    after: { ...before, desired: 0, min: before.min === null ? null : 0 },
    settled: running !== undefined,
    running: running ?? one.service.runningCount ?? 0,
  };
};
