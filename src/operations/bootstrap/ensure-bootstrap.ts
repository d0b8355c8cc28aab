import type { Synthesis } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { bootstrap } from './bootstrap.ts';
import { bootstrapState } from './bootstrap-state.ts';

/** Regions of a deployment whose CDK bootstrap is not healthy (F-21, F-24, F-29). */
export async function bootstrapNeeded(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { stacks }: Synthesis,
): Promise<string[]> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const states = await Promise.all(
    regions.map((region) => bootstrapState(aws.in(region), environment.blocks.bootstrap.qualifier)),
  );
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
