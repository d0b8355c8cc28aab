import type { Tree } from '../../io/reporter.ts';
import { deletionLevels } from '../../release/destroy-plan.ts';
import type { LedgerEntry } from '../../release/ledger.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { removePlanned } from '../destroy/remove-planned.ts';
import { whatStays } from '../destroy/what-stays.ts';
import { readStanding } from '../stacks/read-standing.ts';
import { type ActedStack, type ActInput, type ActPowers, actOnStack, described, seconds } from './act-on-plan.ts';

/**
 * Takes away what only the release before needed, now that the new one is proven: stacks that are no longer configured,
 * and what was kept in the others for it. What stands on others goes first.
 */
export async function actAfterProof(
  session: ActPowers,
  input: ActInput,
  acted: Map<string, ActedStack>,
): Promise<Map<string, ActedStack>> {
  const { prepared, wide, lock } = input;
  const going = prepared.plan.stacks.filter(({ action, id }) => action === 'delete' || wide.has(id));
  if (going.length === 0) return acted;
  const changeSetName = `${input.changeSetName}-narrow`;
  await session.reporter.tree('Taking away what is no longer needed', async (tree) => {
    for (const stack of deletionLevels(going).flat()) {
      await lock.confirm();
      if (stack.action === 'delete') {
        acted.set(stack.id, await retire(session, stack, tree));
        continue;
      }
      const before = acted.get(stack.id)!;
      const narrowed = await actOnStack(session, { ...input, changeSetName }, { stack, acted, tree });
      acted.set(stack.id, {
        ...narrowed,
        action: 'update',
        seconds: before.seconds + narrowed.seconds,
        waited: [...before.waited, ...narrowed.waited],
        left: [...(before.left ?? []), ...(narrowed.left ?? [])],
      });
    }
  });
  return acted;
}

async function retire(session: ActPowers, stack: PlannedStack, tree: Tree): Promise<ActedStack> {
  const from = session.clock.now();
  tree.row(stack.id, { title: stack.id, state: 'running' });
  const left = stack.live ? await whatStaysOf(session, stack, stack.live) : [];
  await removePlanned(session, stack, (detail) => tree.row(stack.id, { title: stack.id, state: 'running', detail }));
  tree.row(stack.id, { title: stack.id, state: 'done' });
  const to = session.clock.now();
  return {
    ...described(stack),
    action: 'delete',
    seconds: seconds(from, to),
    parameters: {},
    outputs: {},
    waited: [{ from, to }],
    left,
  };
}

/** What a stack that goes leaves behind: after it is gone nothing says so any more. */
async function whatStaysOf(
  session: ActPowers,
  { id, stackName, region, account }: PlannedStack,
  live: NonNullable<PlannedStack['live']>,
): Promise<LedgerEntry[]> {
  const standing = await readStanding(session.aws, new Map([[id, { ...live, stackName, region, account }]]));
  return (await whatStays(session, standing)).filter(({ stack }) => stack === id);
}
