import type { Session } from '../../context.ts';
import { type PausedService, writeState } from '../../release/environment-state.ts';
import { flightOf, type RecordedSession, recordRun } from '../flight-recorder/record-run.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import {
  type CountedService,
  type Counts,
  countsOf,
  type ScaledService,
  scaledServices,
  watchCounts,
} from './change-counts.ts';
import type { PauseInput } from './pause.ts';
import type { CountsOutcome } from './scale.ts';
import { switchSchedules } from './scheduled-tasks.ts';
import { startProblems, wontStart } from './start-problems.ts';

export interface ResumeInput extends PauseInput {
  /** Wait as long as was said, even where no task can come up. */
  waitAnyway?: boolean;
}

/**
 * Gives paused services back what they had. That it was paused is forgotten only when its tasks run: cut off, the next
 * resume does the rest. Bounds that a deployment has set since are newer than those remembered, and stay.
 */
export const resume = (session: Session, input: ResumeInput): Promise<CountsOutcome> =>
  recordRun(session, { command: 'resume' }, (recorded) => resumeRecorded(recorded, input));

async function resumeRecorded(session: RecordedSession, input: ResumeInput): Promise<CountsOutcome> {
  const { services, wait, forMs } = input;
  const { aws, environment, flags, prompter, reporter, target } = session;
  const lock = await lazyLock(session, { command: 'resume' });
  try {
    const { objects, state } = await stateOf(session);
    const chosen = await scaledServices(session, state, services);
    const work = chosen.flatMap((one) => {
      const remembered = state.paused[one.name];
      return remembered ? [{ one, remembered, after: countsAfter(one, remembered) }] : [];
    });
    const common = {
      environment: environment.name,
      unchanged: chosen
        .filter(({ name }) => !state.paused[name])
        .map(({ name }) => ({ name, why: 'it is not paused' })),
      dryRun: flags.dryRun,
    };
    if (work.length === 0) return { ...common, services: [] };
    const definitions = await Promise.all(
      work.map(async ({ one: { name, service } }) => ({
        name,
        definition: await aws.ecs.taskDefinition(service.taskDefinition!),
      })),
    );
    const problems = await startProblems({ aws, environment, reporter }, definitions);
    if (problems.length > 0) throw wontStart(environment.name, problems);
    const what = work
      .map(({ one, after }) => `${one.name} with ${after.desired} ${after.desired === 1 ? 'task' : 'tasks'}`)
      .join(', ');
    await prompter.ask({
      text: `Resume ${what} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region})?`,
    });
    const planned = work.map(({ one, after }) => counted(one, after));
    if (flags.dryRun) return { ...common, services: planned };
    await lock.take();
    await Promise.all(
      work.map(async ({ one: { cluster, serviceName, scaling, scheduled }, remembered, after }) => {
        const wasOff = remembered.scheduledOff ?? [];
        await switchSchedules(
          session,
          scheduled.filter(({ name }) => !wasOff.includes(name)),
          true,
        );
        await aws.ecs.setDesiredCount(cluster, serviceName, after.desired);
        if (scaling && after.min !== null && after.max !== null)
          await aws.applicationAutoScaling.change(cluster, serviceName, {
            MinCapacity: after.min,
            MaxCapacity: after.max,
            SuspendedState: { ...remembered.scaling?.suspended },
          });
      }),
    );
    const running = wait
      ? await watchCounts(session, `Resuming ${environment.name}`, {
          services: work.map(({ one }) => one),
          forMs,
          lock,
          flight: flightOf(session, input),
        })
      : undefined;
    const left = Object.entries(state.paused).filter(([name]) => !work.some(({ one }) => one.name === name));
    await writeState(objects, environment.name, { ...state, paused: Object.fromEntries(left) });
    return { ...common, services: work.map(({ one, after }) => counted(one, after, running?.get(one.name))) };
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

function countsAfter({ scaling }: ScaledService, { desired, scaling: remembered }: PausedService): Counts {
  if (!scaling) return { desired, min: null, max: null };
  const isOurs = scaling.MinCapacity === 0 && remembered !== undefined;
  const min = isOurs ? remembered.min : scaling.MinCapacity!;
  const max = Math.max(scaling.MaxCapacity!, min);
  return { desired: Math.min(Math.max(desired, min), max), min, max };
}

const counted = (one: ScaledService, after: Counts, running?: number): CountedService => ({
  name: one.name,
  before: countsOf(one),
  after,
  settled: running !== undefined,
  running: running ?? one.service.runningCount ?? 0,
});
