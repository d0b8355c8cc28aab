import type { ReleaseRecord } from '../../release/release-record.ts';
import type { OutputsOf } from '../../release/task-network.ts';
import { flightOf, type RecordedSession } from '../flight-recorder/record-run.ts';
import { readersOfPaused } from '../queues/pause-queue.ts';
import { proveAnswers } from '../smoke/prove-answers.ts';
import type { Asked } from '../smoke/smoke.ts';
import type { LiveNamedStack } from '../stacks/live-stacks.ts';
import { stateOf } from '../state-of.ts';
import { type ProvenFunction, proveFunctions } from './prove-functions.ts';
import { proveServices } from './prove-services.ts';
import { type ProvenSite, proveSites } from './prove-sites.ts';
import type { ProvenService } from './service-proof.ts';

export interface Proven {
  services: ProvenService[];
  functions: ProvenFunction[];
  sites: ProvenSite[];
  smoke: Asked | null;
}

/** Proves all that a deployment of somebody else was to bring up. */
export async function proveAttached(
  session: RecordedSession,
  services: readonly string[],
  { images, rollback }: Pick<ReleaseRecord, 'images' | 'rollback'>,
  live: ReadonlyMap<string, LiveNamedStack>,
): Promise<Proven> {
  const outputsOf: OutputsOf = (stack) => live.get(stack)?.outputs ?? {};
  const proven = await session.reporter.step('Proving what runs', async () => {
    const { state } = await stateOf(session);
    const running = services.filter((name) => live.has(`service-${name}`));
    const [provenServices, functions, sites] = await Promise.all([
      proveServices(session, { services: running, images, outputsOf, flight: flightOf(session) }),
      proveFunctions(session, {
        outputsOf,
        paused: [
          ...Object.keys(state.pausedFunctions),
          ...readersOfPaused(session.environment.blocks, state.pausedQueues),
        ],
        moved: state.movedAliases,
      }),
      proveSites(session, outputsOf),
    ]);
    return { services: provenServices, functions, sites };
  });
  // A rollback asks nobody: it must not depend on what else has changed meanwhile.
  const smoke = rollback ? null : await proveAnswers(session, { outputsOf, ...proven, writes: false });
  return { ...proven, smoke };
}
