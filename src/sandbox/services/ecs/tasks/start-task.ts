import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import type { TimerHandler } from '../../../kernel/service-definition.ts';
import type { StartedContainers } from '../runtime/container-runtime.ts';
import { isRunnable, runtimeOf } from '../runtime/runtime.ts';
import { imagesResolved } from '../scheduler/resolved-images.ts';
import { said } from '../scheduler/said.ts';
import { wake } from '../scheduler/wake.ts';
import { type PulledImage, pullImage, registryRefusal } from '../start-checks/image-check.ts';
import { logsRefusal } from '../start-checks/logs-check.ts';
import { secretsRefusal } from '../start-checks/secrets-check.ts';
import { type TaskDefinitionRow, type TaskRow, taskDefinitions, tasks } from '../state.ts';
import { registerTarget } from '../target-groups.ts';
import { TASK_MS } from './durations.ts';
import { failToStart } from './end-task.ts';
import { change, next } from './step.ts';

type Container = ContainerDefinition & { name: string; image: string };

/** What Fargate does before a container runs, in its order: registry, secrets, images, log streams; then it runs. */
export async function startContainers(scope: Scope, key: string, row: TaskRow): Promise<void> {
  const definition = withRole(taskDefinitions.in(scope).get(row.definition)!, row);
  const containers = definition.definition.containerDefinitions.map((container) =>
    overridden(container as Container, row),
  );
  const refusal = (await registryRefusal(scope, row, definition)) ?? (await secretsRefusal(scope, row, definition));
  if (refusal) return failToStart(scope, key, refusal);

  const pulled = new Map<string, PulledImage>();
  for (const container of containers) {
    const image = await pullImage(scope, row, definition, container);
    if ('reason' in image) return failToStart(scope, key, image);
    pulled.set(container.name, image);
  }
  const logging = await logsRefusal(scope, row, definition);
  if (logging) return failToStart(scope, key, logging);

  imagesResolved(scope, row, containers, pulled);
  await run(scope, key, { row, definition, containers, pulled });
}

interface Start {
  row: TaskRow;
  definition: TaskDefinitionRow;
  containers: Container[];
  pulled: ReadonlyMap<string, PulledImage>;
}

async function run(scope: Scope, key: string, { row, definition, containers, pulled }: Start): Promise<void> {
  const launches = containers.map((container) => ({ container, ...pulled.get(container.name)! }));
  const isReal = isRunnable(scope, row, launches);
  const pullStartedAt = scope.world.clock.stamp();
  const task = change(scope, key, (draft) => {
    if (isReal) draft.isReal = true;
    draft.task.pullStartedAt = pullStartedAt;
    for (const shown of draft.task.containers) {
      const { digest } = pulled.get(shown.name!)!;
      if (digest) shown.imageDigest = digest;
    }
  });
  const started = await runtimeOf(task).start(scope, { task, definition, launches });
  if (started) await containersStarted({ key, started }, scope);
}

/** All containers of a task run, or seem to. */
export const containersStarted: TimerHandler = async (
  { key, started }: { key: string; started: StartedContainers },
  scope,
) => {
  const row = tasks.in(scope).get(key);
  if (row?.task.lastStatus !== 'PENDING' || row.task.desiredStatus !== 'RUNNING') return;
  change(scope, key, ({ task }) => {
    task.lastStatus = 'ACTIVATING';
    task.pullStoppedAt = scope.world.clock.stamp();
    task.connectivity = 'CONNECTED';
    task.connectivityAt = scope.world.clock.stamp();
    for (const container of task.containers) {
      const { runtimeId, networkBindings } = started[container.name!]!;
      container.lastStatus = 'RUNNING';
      container.runtimeId = runtimeId;
      if (networkBindings) container.networkBindings = networkBindings;
    }
  });
  await registerTargets(scope, key, row);
  next(scope, key, 'running', TASK_MS.activating);
};

async function registerTargets(scope: Scope, key: string, row: TaskRow): Promise<void> {
  for (const { targetGroupArn, port } of row.targets) {
    await registerTarget(scope, { targetGroupArn, address: row.address!, port });
    said(scope, row, `registered 1 targets in (target-group ${targetGroupArn})`);
  }
  change(scope, key, ({ targets }) => {
    for (const target of targets) target.registered = true;
  });
}

/** ACTIVATING is over. Container health checks begin to count, the exec agent answers. */
export async function becomeRunning(scope: Scope, key: string, row: TaskRow): Promise<void> {
  change(scope, key, (draft) => {
    draft.runningSince = scope.world.clock.now();
    draft.task.lastStatus = 'RUNNING';
    draft.task.startedAt = scope.world.clock.stamp();
    for (const { managedAgents } of draft.task.containers) {
      for (const agent of managedAgents ?? []) {
        agent.lastStatus = 'RUNNING';
        agent.lastStartedAt = scope.world.clock.stamp();
      }
    }
  });
  const { containerDefinitions = [] } = taskDefinitions.in(scope).get(row.definition)?.definition ?? {};
  for (const { name, healthCheck } of containerDefinitions) {
    if (!healthCheck) continue;
    const afterMs = 1000 * (healthCheck.interval ?? 30);
    scope.world.schedule(scope, { afterMs, kind: 'ecs.container-health', payload: { key, name } });
  }
  if (row.service) wake(scope, `${row.cluster}/${row.service.name}`);
}

/** The definition with the execution role that RunTask may have put in the place of its own. */
function withRole(row: TaskDefinitionRow, { task }: TaskRow): TaskDefinitionRow {
  const executionRoleArn = task.overrides?.executionRoleArn;
  return executionRoleArn ? { ...row, definition: { ...row.definition, executionRoleArn } } : row;
}

/** A container as RunTask's overrides make it. */
function overridden(container: Container, { task }: TaskRow): Container {
  const override = task.overrides?.containerOverrides?.find(({ name }) => name === container.name);
  if (!override) return container;
  const byName = new Map((container.environment ?? []).map((pair) => [pair.name, pair]));
  for (const pair of override.environment ?? []) byName.set(pair.name, pair);
  return {
    ...container,
    ...(override.command ? { command: override.command } : {}),
    environment: [...byName.values()],
    ...(override.cpu === undefined ? {} : { cpu: override.cpu }),
    ...(override.memory === undefined ? {} : { memory: override.memory }),
  };
}
