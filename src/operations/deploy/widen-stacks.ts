import { widenTemplate } from '../../../infra/widen-template.ts';
import type { Session } from '../../context.ts';
import { canonicalJson } from '../../release/canonical-json.ts';
import type { PlannedStack } from '../../release/plan.ts';
import type { PreparedRelease } from './prepare-release.ts';

/** A stack as it has to be while the old and the new release run side by side. */
export interface WideStack {
  stack: PlannedStack;
  /** The assembly that holds it. */
  directory: string;
  /** AWS has it like this already: an earlier deployment stopped before it could narrow it. */
  isLive: boolean;
}

/** By stack id; what takes nothing away is not among them. */
export type WideStacks = ReadonlyMap<string, WideStack>;

/**
 * What stands is only added to before the release is proven, and cut back after: rights, security groups, repositories
 * and queues that the running release uses stay until then. The stacks of services and functions are the release,
 * and are not widened.
 */
export async function widenStacks(
  { cdk }: Pick<Session, 'cdk'>,
  { plan, synthesis }: PreparedRelease,
): Promise<WideStacks> {
  const wide = new Map<string, WideStack>();
  for (const stack of plan.stacks) {
    const { id, live } = stack;
    if (stack.action !== 'update' || !live?.template || id.startsWith('service-') || id === 'functions') continue;
    const { template, kept } = widenTemplate(live.template, stack.template);
    if (canonicalJson(template) === canonicalJson(stack.template)) continue;
    const values = Object.fromEntries(kept.map((name) => [name, live.parameters[name] ?? '']));
    const sources = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
    wide.set(id, {
      stack: {
        ...stack,
        template,
        sources: { ...stack.sources, ...sources },
        parameters: { ...stack.parameters, ...values },
      },
      directory: await cdk.writeVariant(synthesis.directory, id, template),
      isLive:
        canonicalJson(template) === canonicalJson(live.template) &&
        stack.differs.every((one) => one === 'template' || kept.some((name) => one === `parameter ${name}`)),
    });
  }
  return wide;
}
