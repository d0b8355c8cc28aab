import type { Session } from '../context.ts';
import { environmentOutputs } from '../release/environment-outputs.ts';
import { findStacks } from './stacks/named-stacks.ts';
import { stackOutputs } from './stacks/stack-outputs.ts';
import { stateOf } from './state-of.ts';

/** What the environment's stacks tell, as a flat map: `services.web.url`. Empty before the first deployment. */
export async function outputs(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
): Promise<Record<string, string>> {
  const { state } = await stateOf(session);
  const stacks = new Map((await findStacks(session, state)).map(({ id, stack }) => [id, stackOutputs(stack)]));
  return environmentOutputs(session.environment, (id) => stacks.get(id) ?? {});
}
