import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { writeState } from '../../release/environment-state.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';

/** The contract of `site rotate-header --json`. */
export interface RotationOutcome {
  environment: string;
  /** Which secret CloudFront sends after the next deployment; counts from 0. */
  generation: number;
  dryRun: boolean;
}

/**
 * Has the next deployment give CloudFront a new secret for the load balancer. The load balancer takes the new one and
 * the one before from then on, and stacks are changed in this order, so that no request is turned away (F-120).
 */
export async function rotateOriginHeader(session: Session): Promise<RotationOutcome> {
  const { environment, flags, prompter } = session;
  if (!environment.blocks.edge.originVerify) throw notVerified(environment.name);
  const lock = await lazyLock(session, { command: 'site rotate-header' });
  try {
    const { objects, state } = await stateOf(session);
    const found = (await findStacks(session, state)).find(({ id }) => id === 'runtime');
    const live = found && stackOutputs(found.stack)[outputs.runtime.originGeneration];
    if (live === undefined) throw notDeployed(environment);
    const common = { environment: environment.name, dryRun: flags.dryRun };
    // Two rotations in one deployment would have no overlap: one that waits for it is the one that is asked for.
    if (state.originVerify > Number(live)) return { ...common, generation: state.originVerify };
    await prompter.ask({ text: `Give CloudFront another secret for the load balancer of ${environment.name}?` });
    const generation = state.originVerify + 1;
    if (!flags.dryRun) {
      await lock.take();
      await writeState(objects, environment.name, { ...state, originVerify: generation });
    }
    return { ...common, generation };
  } finally {
    await lock.release();
  }
}

const notVerified = (environment: string) =>
  new PlatformError({
    id: 'origin-not-verified',
    kind: 'usage',
    message: `edge.originVerify is not set in ${environment}: the load balancer asks nobody for a secret`,
    remedy: 'write edge.originVerify: true in platform.yaml, and deploy',
  });

const notDeployed = (environment: Session['environment']) =>
  new PlatformError({
    id: 'origin-not-deployed',
    kind: 'failed',
    message: `The load balancer of ${environment.name} asks nobody for a secret yet`,
    remedy: `platform deploy ${environmentFlags(environment)} gives it its first one`,
  });
