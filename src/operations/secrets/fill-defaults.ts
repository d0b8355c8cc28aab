import type { Session } from '../../context.ts';
import type { KnownSecret } from '../../release/environment-secrets.ts';
import { type OutputsOf, resolveText } from '../../release/resolve-text.ts';
import { textOf } from '../../release/setting-texts.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';

const NO_STACKS: OutputsOf = () => ({});

/** Fills the references of defaults with what the configuration alone knows: domains and names. */
export const fillOffline =
  ({ environment }: Pick<Session, 'environment'>) =>
  (text: string): string | undefined =>
    resolveText(textOf(text, environment.blocks), NO_STACKS);

/** The same, with what the stacks of the environment tell. They are asked only when a default speaks of them. */
export async function fillFromStacks(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  secrets: readonly KnownSecret[],
): Promise<(text: string) => string | undefined> {
  const offline = fillOffline(session);
  const defaults = secrets.flatMap(({ keys }) => Object.values(keys).map((key) => key.default));
  if (defaults.every((text) => text === undefined || offline(text) !== undefined)) return offline;
  const stacks = await findStacks(session, (await stateOf(session)).state);
  const told = new Map(stacks.map(({ id, stack }) => [id, stackOutputs(stack)]));
  return (text) => resolveText(textOf(text, session.environment.blocks), (id) => told.get(id) ?? {});
}
