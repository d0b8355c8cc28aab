import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { flightOf, type RecordedSession, recordRun } from '../flight-recorder/record-run.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import { type CountedService, countsOf, scaledServices, watchCounts } from './change-counts.ts';

export interface ScaleInput {
  /** As platform.yaml calls it. */
  service: string;
  min?: number;
  max?: number;
  wait: boolean;
  forMs: number;
  /** Wait as long as was said, even where no task can come up. */
  waitAnyway?: boolean;
}

/** The contract of `scale --json`, `pause --json` and `resume --json`. */
export interface CountsOutcome {
  environment: string;
  services: CountedService[];
  /** Services that were looked at and left alone. */
  unchanged: { name: string; why: string }[];
  dryRun: boolean;
}

/**
 * Sets the bounds between which scaling moves a service, or its count where nothing scales it. The bounds come first and
 * the count after: cut off in between, AWS brings the count within them by itself. Running it again is safe.
 */
export const scale = (session: Session, input: ScaleInput): Promise<CountsOutcome> =>
  recordRun(session, { command: `scale ${input.service}` }, (recorded) => scaleRecorded(recorded, input));

async function scaleRecorded(session: RecordedSession, input: ScaleInput): Promise<CountsOutcome> {
  const { aws, environment, flags, prompter, target } = session;
  const lock = await lazyLock(session, { command: 'scale' });
  try {
    const { state } = await stateOf(session);
    const [one] = await scaledServices(session, state, [input.service]);
    const { name, cluster, serviceName, scaling } = one!;
    if (state.paused[name]) throw isPaused(name);
    const before = countsOf(one!);
    const { min, max } = boundsFor(input, before);
    const desired = Math.min(Math.max(before.desired, min), max);
    const after = scaling ? { desired, min, max } : { desired, min: null, max: null };
    const common = { environment: environment.name, unchanged: [], dryRun: flags.dryRun };
    const unsettled = { name, before, after, settled: false, running: one!.service.runningCount ?? 0 };
    if (before.desired === desired && before.min === after.min && before.max === after.max)
      return { ...common, services: [], unchanged: [{ name, why: 'it has these counts already' }] };

    const what =
      scaling && min !== max ? `between ${min} and ${max} tasks` : `${desired} ${desired === 1 ? 'task' : 'tasks'}`;
    await prompter.ask({
      text: `Have ${name} run ${what} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region})?`,
    });
    if (flags.dryRun) return { ...common, services: [unsettled] };
    await lock.take();
    if (scaling) await aws.applicationAutoScaling.change(cluster, serviceName, { MinCapacity: min, MaxCapacity: max });
    if (desired !== before.desired) await aws.ecs.setDesiredCount(cluster, serviceName, desired);
    if (!input.wait) return { ...common, services: [unsettled] };
    const watch = { services: [one!], forMs: input.forMs, lock, flight: flightOf(session, input) };
    const running = await watchCounts(session, `Scaling ${name}`, watch);
    return { ...common, services: [{ ...unsettled, settled: true, running: running.get(name)! }] };
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    await lock.release();
  }
}

/** What is not said stays as it is. Throws `scale-bounds` (exit 2) when the least would be more than the most. */
function boundsFor({ service, ...asked }: ScaleInput, before: CountedService['before']): { min: number; max: number } {
  const min = asked.min ?? before.min ?? asked.max ?? before.desired;
  const max = asked.max ?? before.max ?? asked.min ?? before.desired;
  if (min <= max) return { min, max };
  throw new PlatformError({
    id: 'scale-bounds',
    kind: 'usage',
    message: `${service} cannot run at least ${min} and at most ${max} tasks`,
    remedy: asked.min === undefined ? `give --min ${max} too` : `give --max ${min} too`,
  });
}

const isPaused = (service: string) =>
  new PlatformError({
    id: 'service-paused',
    kind: 'failed',
    message: `${service} is paused; nothing was changed`,
    remedy: `platform resume ${service}`,
  });
