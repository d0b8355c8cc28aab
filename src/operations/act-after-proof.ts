import { type ActedStack, type ActInput, type ActPowers, actOnStack, described, seconds } from './act-on-plan.ts';
import { removePlanned } from './remove-planned.ts';
import { TASKS } from './widen-tasks.ts';

/**
 * Takes away what only the release before needed, now that the new one is proven: stacks that are no longer configured,
 * then the rights that were kept for it.
 */
export async function actAfterProof(
  session: ActPowers,
  input: ActInput,
  acted: Map<string, ActedStack>,
): Promise<Map<string, ActedStack>> {
  const { clock, reporter } = session;
  const { prepared, wide, lock } = input;
  const retired = prepared.plan.stacks.filter(({ action }) => action === 'delete');
  if (retired.length === 0 && !wide) return acted;

  await reporter.tree('Taking away what is no longer needed', async (tree) => {
    for (const stack of retired) {
      lock.check();
      const from = clock.now();
      const row = (state: 'running' | 'done', detail?: string) =>
        tree.row(stack.id, { title: stack.id, state, ...(detail ? { detail } : {}) });
      row('running');
      await removePlanned(session, stack, (detail) => row('running', detail));
      row('done');
      const to = clock.now();
      acted.set(stack.id, {
        ...described(stack),
        action: 'delete',
        seconds: seconds(from, to),
        parameters: {},
        outputs: {},
        waited: { from, to },
      });
    }
    if (!wide) return;
    lock.check();
    const stack = prepared.plan.stacks.find(({ id }) => id === TASKS)!;
    const before = acted.get(TASKS)!;
    const changeSetName = `${input.changeSetName}-narrow`;
    const narrowed = await actOnStack(session, { ...input, changeSetName }, { stack, acted, tree });
    acted.set(TASKS, { ...narrowed, action: 'update', seconds: before.seconds + narrowed.seconds });
  });
  return acted;
}
