import { widenTemplate } from '../../infra/widen-template.ts';
import type { Session } from '../context.ts';
import { canonicalJson } from '../release/canonical-json.ts';
import type { PlannedStack } from '../release/plan.ts';
import type { PreparedRelease } from './prepare-release.ts';

/** The stack of roles as it has to be while the old and the new release run side by side. */
export interface WideTasks {
  stack: PlannedStack;
  /** The assembly that holds it. */
  directory: string;
  /** AWS has it like this already: an earlier deployment stopped before it could narrow it. */
  isLive: boolean;
}

export const TASKS = 'tasks';

/**
 * Rights are only widened before the release is proven, and narrowed after: what runs keeps all it needs until then.
 * Undefined when the new roles take nothing away.
 */
export async function widenTasks(
  { cdk }: Pick<Session, 'cdk'>,
  { plan, synthesis }: PreparedRelease,
): Promise<WideTasks | undefined> {
  const stack = plan.stacks.find(({ id }) => id === TASKS);
  const live = stack?.live;
  if (stack?.action !== 'update' || !live?.template) return undefined;
  const { template, kept } = widenTemplate(live.template, stack.template);
  if (canonicalJson(template) === canonicalJson(stack.template)) return undefined;
  const values = Object.fromEntries(kept.map((name) => [name, live.parameters[name] ?? '']));
  const sources = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
  return {
    stack: {
      ...stack,
      template,
      sources: { ...stack.sources, ...sources },
      parameters: { ...stack.parameters, ...values },
    },
    directory: await cdk.writeVariant(synthesis.directory, TASKS, template),
    isLive: canonicalJson(template) === canonicalJson(live.template),
  };
}
