import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { serviceDeployments } from '../sandbox/services/ecs/state.ts';
import { listeners, rules, targets } from '../sandbox/services/elasticloadbalancing/state.ts';
import { type Deployable, smallYaml } from './deployable.ts';
import { startDeployed } from './start-deployed.ts';

export const BLUE_GREEN = 'rollout: { type: blue-green, bakeMinutes: 5 }';

/** A web service of two tasks. `more` and `http` take further keys of the service and of its `http`. */
export const shiftingYaml = (more = '', http = ''): string =>
  smallYaml(
    `services: { web: { image: { context: . }, port: 8080, http: { certificate: none, insecure: true${http} }, health: { path: / }, scaling: { min: 2 }, rollbackOn: [error-rate]${more === '' ? '' : `, ${more}`} } }`,
  ).replace(/^network: .*$/m, 'network: { nat: none }');

export const startShifting = (more = BLUE_GREEN): Promise<Deployable> =>
  startDeployed({ yaml: shiftingYaml(more), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });

/** What the rule of the service gives each of its target groups, and how many healthy tasks each of them has. */
export function standing({ aws }: Deployable): { weight: number; healthy: number }[] {
  const { scope } = aws;
  const rule = rules
    .in(scope)
    .values()
    .find(({ Priority, ListenerArn }) => Priority !== 'default' && listeners.in(scope).has(ListenerArn));
  const groups = rule?.Actions[0]?.ForwardConfig?.TargetGroups ?? [];
  const all = targets.in(scope).values();
  return groups.map(({ TargetGroupArn, Weight = 0 }) => ({
    weight: Weight,
    healthy: all.filter(({ targetGroupArn, state }) => targetGroupArn === TargetGroupArn && state === 'healthy').length,
  }));
}

export const ON_PRIMARY = [
  { weight: 100, healthy: 2 },
  { weight: 0, healthy: 0 },
];
export const ON_ALTERNATE = [
  { weight: 0, healthy: 0 },
  { weight: 100, healthy: 2 },
];

/** Looks at the rule at every turn of the work, and tells of each moment at which requests went to where nothing is healthy. */
export async function neverDark<T>(project: Deployable, work: Promise<T>): Promise<{ done: T; dark: string[] }> {
  const dark = new Set<string>();
  let over = false;
  const done = work.finally(() => {
    over = true;
  });
  while (!over) {
    const now = standing(project);
    if (now.some(({ weight, healthy }) => weight > 0 && healthy === 0)) dark.add(JSON.stringify(now));
    await new Promise((turn) => setImmediate(turn));
  }
  return { done: await done, dark: [...dark] };
}

/** Every deployment that ECS has begun of the service, oldest first. */
export const rolloutsOf = ({ aws }: Deployable) =>
  serviceDeployments
    .in(aws.scope)
    .values()
    .map(({ deployment }) => deployment)
    .toSorted((a, b) => a.createdAt! - b.createdAt!);

/** Does something as soon as the newest rollout is in a stage, while a command goes on; there virtual time all but stands still. */
export async function atStage<T>(
  project: Deployable,
  stage: string,
  { begin, act }: { begin: () => Promise<T>; act: () => unknown },
): Promise<T> {
  const { world } = project.aws;
  const before = rolloutsOf(project).length;
  await world.setSpeed(30);
  const work = begin();
  const over = work.then(() => true);
  const nextTurn = () => new Promise<false>((turn) => setImmediate(turn, false));
  while (rolloutsOf(project).length === before || rolloutsOf(project).at(-1)!.lifecycleStage !== stage)
    if (await Promise.race([over, nextTurn()])) throw new Error(`it ended before its rollout was in stage ${stage}`);
  await world.setSpeed(1e-6);
  await act();
  await world.setSpeed(1e6);
  return work;
}

/** What CloudFormation believes of the two groups. */
export async function toldTraffic({ aws }: Deployable): Promise<(string | undefined)[]> {
  const { Stacks = [] } = await aws
    .client(CloudFormationClient)
    .send(new DescribeStacksCommand({ StackName: 'demo-dev-service-web' }));
  return ['WeightPrimary', 'WeightAlternate'].map(
    (name) => Stacks[0]?.Parameters?.find(({ ParameterKey }) => ParameterKey === name)?.ParameterValue,
  );
}
