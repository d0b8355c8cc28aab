import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { bootstrap } from './bootstrap.ts';
import { type BootstrapState, bootstrapState } from './bootstrap-state.ts';

type Looked = Pick<Synthesis, 'stacks'>;

const known = new WeakMap<Looked, Promise<BootstrapState[]>>();

/** How the CDK bootstrap stands in every region of a deployment, looked at once for each synthesis: a new plan has a new one. */
export function bootstrapStates(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  synthesis: Looked,
): Promise<BootstrapState[]> {
  const { qualifier } = environment.blocks.bootstrap;
  const regions = [...new Set(synthesis.stacks.map(({ region }) => region))];
  const states =
    known.get(synthesis) ?? Promise.all(regions.map((region) => bootstrapState(aws.in(region), qualifier)));
  known.set(synthesis, states);
  return states;
}

/** Regions of a deployment whose CDK bootstrap is not healthy (F-21, F-24, F-29). */
export async function bootstrapNeeded(
  session: Pick<Session, 'aws' | 'environment'>,
  synthesis: Looked,
): Promise<string[]> {
  const states = await bootstrapStates(session, synthesis);
  return states.filter(({ condition }) => condition !== 'healthy').map(({ region }) => region);
}

/** Bootstraps what the approval of the whole deployment spoke of; only what wants a typed name is asked again. */
export async function bootstrapApproved(session: Session, regions: readonly string[]): Promise<void> {
  if (regions.length === 0) return;
  const { prompter } = session;
  const agreed = {
    ask: async () => undefined,
    offer: async () => false,
    askTyped: prompter.askTyped.bind(prompter),
    input: prompter.input.bind(prompter),
    choose: prompter.choose.bind(prompter),
  };
  await bootstrap({ ...session, prompter: agreed }, { regions, force: false });
}
