import type { Session } from '../../context.ts';
import { readRelease } from '../../release/release-record.ts';
import type { StateAccess } from '../state-of.ts';
import type { FoundStack } from './named-stacks.ts';

/** Stacks whose protection against deletion the newest release has set, and somebody has lifted since. */
export async function unprotectedStacks(
  { environment }: Pick<Session, 'environment'>,
  { objects, state }: StateAccess,
  stacks: readonly FoundStack[],
): Promise<{ release: string | undefined; stacks: FoundStack[] }> {
  if (state.release === undefined) return { release: undefined, stacks: [] };
  const record = await readRelease(objects, environment.name, state.release);
  const wanted = new Set(record?.stacks.filter((one) => one.terminationProtection).map(({ id }) => id));
  const lifted = stacks.filter(({ id, stack }) => wanted.has(id) && !stack.EnableTerminationProtection);
  return { release: state.release, stacks: lifted };
}
