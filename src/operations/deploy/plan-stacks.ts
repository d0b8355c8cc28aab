import type { Session } from '../../context.ts';
import { type PlannedStack, planRelease } from '../../release/plan.ts';
import type { ChosenSettings } from './choose-settings.ts';
import { withTakeovers } from './find-leftovers.ts';
import { judgeNames } from './judge-names.ts';
import { planDeployment } from './plan-deployment.ts';
import type { PreparedRelease } from './prepare-release.ts';
import { type WideStacks, widenStacks } from './widen-stacks.ts';

/** What would be done, which is to add only: the plan is that of the widened templates. */
export async function planStacks(
  session: Session,
  chosen: ChosenSettings,
  names: readonly string[],
): Promise<PreparedStacks> {
  const prepared = await narrowed(session, chosen, names);
  const wide = await widenStacks(session, prepared);
  const { stacks } = prepared.plan;
  const live = stacks.flatMap((stack) => (stack.live ? [[stack.id, { ...stack, ...stack.live }] as const] : []));
  const plan = await planRelease(
    stacks.map((stack) => {
      const wanted = wide.get(stack.id)?.stack ?? stack;
      return { ...wanted, parameters: wanted.sources };
    }),
    new Map(live),
  );
  return { ...prepared, plan: withTakeovers(plan, prepared.leftovers), wide };
}

export type PreparedStacks = PreparedRelease & { wide: WideStacks };

async function narrowed(session: Session, chosen: ChosenSettings, names: readonly string[]): Promise<PreparedRelease> {
  const named = judgeNames(session, chosen, names);
  const whole = await planDeployment(session, chosen, { images: {}, build: false });
  const ids = withGround(whole.plan.stacks, named);
  return {
    ...whole,
    plan: { stacks: whole.plan.stacks.filter(({ id }) => ids.has(id)) },
    leftovers: whole.leftovers.filter(({ stack }) => ids.has(stack)),
    images: { images: {}, placeholders: [], missing: [], builds: [], warnings: [], retags: [], findings: [] },
    secrets: { ...whole.secrets, absent: [], broken: [], notShared: [], toMake: {}, toExtend: {} },
  };
}

/** The stacks that are named and all that they wait for, however far down. */
function withGround(stacks: readonly PlannedStack[], named: readonly string[]): Set<string> {
  const wanted = stacks.filter(({ action }) => action !== 'delete');
  const ids = new Set<string>();
  const add = (stack: PlannedStack): void => {
    ids.add(stack.id);
    for (const one of wanted) if (stack.after.includes(one.id) && !ids.has(one.id)) add(one);
  };
  for (const one of wanted) if (named.includes(one.id)) add(one);
  return ids;
}
