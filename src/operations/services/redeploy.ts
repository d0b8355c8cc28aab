import type { Session } from '../../context.ts';
import { warnOfInactive } from '../deploy/warn-of-inactive.ts';
import { flightOf, type RecordedSession, recordRun } from '../flight-recorder/record-run.ts';
import { type EnvironmentLock, lazyLock } from '../locks/hold-lock.ts';
import { stateOf } from '../state-of.ts';
import { chosenServices, deployedServices } from './deployed-services.ts';
import { type Restart, restartsFor } from './plan-restarts.ts';
import { described, type RestartedService, restartServices } from './restart-services.ts';
import { staleTasks } from './stale-tasks.ts';
import { startProblems, wontStart } from './start-problems.ts';

export interface RedeployInput {
  /** As platform.yaml calls them; absent: all. */
  services?: readonly string[];
  /** Only those that need it, because their tasks are older than the secrets that they were given. */
  only: boolean;
  /** False: returns as soon as the rollouts have begun. */
  wait: boolean;
  /** How long to watch a rollout. */
  forMs: number;
  /** Wait as long as AWS does, even where it is hopeless. */
  waitAnyway?: boolean;
  /** The caller has asked already. */
  agreed?: boolean;
  /** The caller holds it already. */
  lock?: EnvironmentLock;
}

/** The contract of `redeploy --json`. */
export interface RedeployOutcome {
  environment: string;
  services: RestartedService[];
  /** Services that were looked at and left alone. */
  unchanged: { name: string; why: string }[];
  dryRun: boolean;
}

/**
 * Fresh tasks from the task definitions that the services use already, watched until they are proven. Counts are not
 * touched. Running it again is safe: a rollout that began after the secrets changed is watched, not begun anew.
 */
export const redeploy = (session: Session, input: RedeployInput): Promise<RedeployOutcome> =>
  recordRun(session, { command: 'redeploy' }, (recorded) => redeployRecorded(recorded, input));

async function redeployRecorded(session: RecordedSession, input: RedeployInput): Promise<RedeployOutcome> {
  const { environment, flags, reporter } = session;
  const lock = input.lock ?? (await lazyLock(session, { command: 'redeploy' }));
  try {
    const { state } = await stateOf(session);
    const { restarts, unchanged } = await reporter.step(`Looking at ${environment.name}`, async () => {
      const deployed = await deployedServices(session, state);
      const chosen = await staleTasks(session, chosenServices(session, deployed, input.services));
      return restartsFor(chosen, input);
    });
    const common = { environment: environment.name, unchanged, dryRun: flags.dryRun };
    if (restarts.length === 0) return { ...common, services: [] };

    const problems = await startProblems(session, restarts);
    if (problems.length > 0) throw wontStart(environment.name, problems);
    for (const { name, why } of restarts) reporter.note(`${name}: ${why}`);
    warnOfInactive(session, restarts);
    if (!input.agreed) await session.prompter.ask({ text: questionFor(session, restarts) });
    if (flags.dryRun) return { ...common, services: restarts.map((one) => described(one, one.rollout)) };
    await lock.take();
    return {
      ...common,
      services: await restartServices(session, restarts, { ...input, lock, flight: flightOf(session, input) }),
    };
  } catch (error) {
    throw (await lock.cancelled(error)) ?? error;
  } finally {
    if (!input.lock) await lock.release();
  }
}

function questionFor({ environment, target }: Session, restarts: readonly Restart[]): string {
  const services = restarts.map(({ name }) => name).join(', ');
  return `Replace the tasks of ${services} in ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}) by fresh ones?`;
}
