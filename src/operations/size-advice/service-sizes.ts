import type { Session } from '../../context.ts';
import { fewAtATime } from '../../domain/few-at-a-time.ts';
import { cents, PRICED_REGION } from '../../domain/prices.ts';
import { tooLittle } from '../../domain/size-advice/advice.ts';
import { serviceAdvice } from '../../domain/size-advice/service-advice.ts';
import { taskMonth } from '../../domain/size-advice/size-cost.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { deployedServices } from '../services/deployed-services.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import type { SizeAdvice } from './advise-sizes.ts';

export async function serviceSizes(
  session: Session,
  state: EnvironmentState,
  { stacks, days }: { stacks: readonly FoundStack[]; days: number },
): Promise<SizeAdvice[]> {
  const { aws, clock, environment, target } = session;
  const running = await deployedServices(session, state, stacks);
  return fewAtATime(Object.entries(environment.blocks.services), async ([name, configured]) => {
    const { cpu, memory, architecture, scaling, spot } = configured;
    const live = running.find((one) => one.name === name);
    const common = { path: `services.${name}`, now: { cpu, memory } };
    if (!live) return { ...common, ...tooLittle('it is not deployed'), evidence: [], monthly: null };
    const dimensions = { ClusterName: live.cluster, ServiceName: live.serviceName };
    const measure = (metric: string) =>
      aws.metrics.hourly({ namespace: 'AWS/ECS', name: metric, dimensions }, { now: clock.now(), days });
    const [processor, memoryUse] = await Promise.all([measure('CPUUtilization'), measure('MemoryUtilization')]);
    const advice = serviceAdvice({ cpu, memory, processor, memoryUse });
    const suggested = advice.suggested as { cpu: number; memory: number } | null;
    // Spot changes its price from day to day.
    const known = suggested !== null && target.region === PRICED_REGION && spot === undefined;
    const tasks = Math.max(scaling.min, 1);
    return {
      ...common,
      ...advice,
      evidence: [
        `AWS/ECS CPUUtilization of ${live.serviceName}: ${processor.length} hours`,
        `AWS/ECS MemoryUtilization of ${live.serviceName}: ${memoryUse.length} hours`,
      ],
      monthly: known
        ? cents(tasks * (taskMonth(suggested, architecture) - taskMonth({ cpu, memory }, architecture)))
        : null,
    };
  });
}
