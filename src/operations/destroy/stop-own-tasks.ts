import type { Task } from '@aws-sdk/client-ecs';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { counted } from '../../domain/counted.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { scheduledTasks, startedByRule } from '../services/scheduled-tasks.ts';
import type { Standing } from '../stacks/read-standing.ts';
import { waitFor } from '../wait-for.ts';

const STOPPED_MS = 10 * 60_000;

/** Running tasks of the environment's cluster that no service has: they keep the cluster from going (F-140). */
export async function looseTasks({ aws }: Pick<Session, 'aws'>, { stacks }: Pick<Standing, 'stacks'>): Promise<Task[]> {
  const runtime = stacks.find(({ id }) => id === 'runtime');
  const cluster = runtime?.outputs[outputs.runtime.clusterName];
  if (!runtime || !cluster) return [];
  const tasks = await aws.in(runtime.region).ecs.tasks(cluster, { desiredStatus: 'RUNNING' });
  return tasks.filter(({ startedBy = '' }) => !startedBy.startsWith('ecs-svc/'));
}

/** Services of the environment's cluster that none of its stacks has: they keep the cluster from going too. */
export async function foreignServices(
  { aws }: Pick<Session, 'aws'>,
  { stacks, resources }: Pick<Standing, 'stacks' | 'resources'>,
): Promise<string[]> {
  const runtime = stacks.find(({ id }) => id === 'runtime');
  const cluster = runtime?.outputs[outputs.runtime.clusterName];
  if (!runtime || !cluster) return [];
  const own = resources.flatMap(({ type, physicalId }) =>
    type === 'AWS::ECS::Service' ? [physicalId.slice(physicalId.lastIndexOf('/') + 1)] : [],
  );
  const all = await aws.in(runtime.region).ecs.serviceNames(cluster);
  return all.filter((name) => !own.includes(name)).map((name) => `${cluster}/${name}`);
}

/** Throws `cluster-has-services` when somebody else's services stand there: whoever made them has to delete them. */
export function requireOwnServices(services: readonly string[], environment: string): void {
  const [first] = services;
  if (first === undefined) return;
  const [cluster, name] = first.split('/');
  throw new PlatformError({
    id: 'cluster-has-services',
    kind: 'failed',
    message: `${counted(services.length, 'service')} that no stack of ${environment} has ${services.length === 1 ? 'stands' : 'stand'} in its cluster, which cannot be deleted as long as ${services.length === 1 ? 'it does' : 'they do'} (F-140): ${services.join(', ')}; nothing was deleted`,
    remedy: `aws ecs delete-service --force --cluster ${cluster} --service ${name}, once whoever made it agrees; then destroy again`,
  });
}

/** `platform/run`, `platform/migrate`: what our own commands start says so, and so does what our rules start by the clock. */
function ours({ stacks }: Pick<Standing, 'stacks'>): (task: Task) => boolean {
  const rules = stacks.flatMap(({ outputs: own }) => scheduledTasks(own).map(({ rule }) => startedByRule(rule)));
  return ({ startedBy = '' }) => startedBy.startsWith('platform/') || rules.includes(startedBy);
}

/** Throws `cluster-in-use` when somebody else's tasks run there: whoever started them has to stop them. */
export function requireOwnTasks(tasks: readonly Task[], standing: Pick<Standing, 'stacks'>, environment: string): void {
  const isOurs = ours(standing);
  const foreign = tasks.filter((task) => !isOurs(task));
  if (foreign.length > 0) throw inUse(environment, foreign);
}

/** Stops what our commands have started, and sees it stopped. */
export async function stopOwnTasks(
  { aws, clock, signal, target }: Pick<Session, 'aws' | 'clock' | 'signal' | 'target'>,
  standing: Pick<Standing, 'stacks'>,
  say: (detail: string) => void,
): Promise<void> {
  const runtime = standing.stacks.find(({ id }) => id === 'runtime');
  const tasks = (await looseTasks({ aws }, standing)).filter(ours(standing));
  if (!runtime || tasks.length === 0) return;
  const { ecs } = aws.in(runtime.region);
  for (const { clusterArn, taskArn } of tasks) {
    say(`stopping ${taskArn!.split('/').at(-1)}`);
    await ecs.stopTask(clusterArn!, taskArn!, 'platform destroy');
  }
  await waitFor({ clock, everyMs: target.pollMs, forMs: STOPPED_MS, signal }, async () => {
    const found = await ecs.describeTasks(
      tasks[0]!.clusterArn!,
      tasks.map(({ taskArn }) => taskArn!),
    );
    const running = found.filter(({ lastStatus }) => lastStatus !== 'STOPPED');
    say(`${running.length} tasks are stopping`);
    return running.length === 0 || undefined;
  });
}

const inUse = (environment: string, tasks: readonly Task[]) =>
  new PlatformError({
    id: 'cluster-in-use',
    kind: 'failed',
    message: `${tasks.length} tasks that platform did not start run in the cluster of ${environment}: ${tasks.map(({ taskArn, startedBy }) => `${taskArn!.split('/').at(-1)}${startedBy ? ` (${startedBy})` : ''}`).join(', ')}; nothing was deleted`,
    remedy: `aws ecs stop-task --cluster ${tasks[0]!.clusterArn} --task <id> for each, once whoever started it agrees; then destroy again`,
  });
