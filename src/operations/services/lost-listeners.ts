import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';

/** ARNs of listeners that the stack tells of and its load balancer does not have. Only looks. */
export async function lostListeners({ aws }: Pick<Session, 'aws'>, { region, stack }: FoundStack): Promise<string[]> {
  const told = stackOutputs(stack);
  const balancer = told[outputs.runtime.loadBalancerArn];
  if (balancer === undefined) return [];
  const live = (await aws.in(region).elb.listeners(balancer)).map(({ ListenerArn }) => ListenerArn!);
  const ofListeners = outputs.runtime.listenerArn(0).slice(0, -1);
  return Object.entries(told).flatMap(([name, arn]) =>
    name.startsWith(ofListeners) && arn.includes(':listener/') && !live.includes(arn) ? [arn] : [],
  );
}
