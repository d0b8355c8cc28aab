import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scope } from '../../../../kernel/scope.ts';
import type { World } from '../../../../kernel/world.ts';
import type { ContainerState, Engine } from '../../../../machine/engine.ts';
import { realContainers, type TaskRow, tasks } from '../../state.ts';
import { LABEL } from './container-spec.ts';
import { publishedPorts } from './start-containers.ts';
import { watchTask } from './watch-task.ts';

/** Which containers were stopped because the sandbox ended, not by themselves. */
const PAUSED_FILE = 'paused-containers.json';
/** The sandbox is on its way out and does not wait for slow programs. */
const PAUSE_SECONDS = 3;

/**
 * What outlived the last server is followed again, what was stopped with it is started again, and what nobody knows
 * any more is removed. A one-off that was interrupted is not run twice: its end is told.
 */
export async function findContainersAgain(world: World): Promise<void> {
  const { engine, owner } = world.machine ?? {};
  const paused = takePaused(world.directory);
  const known = new Set<string>();
  for (const [scope, task] of realTasks(world)) {
    const containers = await Promise.all(
      task.task.containers.map(async ({ name }) => {
        const id = realContainers.in(scope).get(`${task.cluster}/${task.taskId}/${name}`)?.id;
        if (id) known.add(id);
        return { name: name!, state: id && engine ? await engine.inspect(id) : undefined };
      }),
    );
    if (task.task.lastStatus === 'PENDING') await startAnew(scope, task);
    else if (task.task.lastStatus !== 'STOPPED') await goOn(scope, task, { engine, paused, containers });
  }
  for (const id of (await engine?.labelled(`${LABEL.owner}=${owner}`)) ?? [])
    if (!known.has(id)) await engine!.remove(id);
}

/** Stops what runs, to go on where it was when the sandbox is started again. */
export async function pauseContainers(engine: Engine, owner: string, directory: string | undefined): Promise<void> {
  const states = await Promise.all((await engine.labelled(`${LABEL.owner}=${owner}`)).map((id) => engine.inspect(id)));
  const running = states.flatMap((state) => (state?.running ? [state.id] : []));
  if (directory !== undefined && running.length > 0)
    writeFileSync(join(directory, PAUSED_FILE), JSON.stringify(running), { mode: 0o600 });
  await Promise.all(running.map((id) => engine.stop(id, PAUSE_SECONDS)));
}

/** Nothing of this sandbox is left in the engine. */
export async function removeContainers(engine: Engine, owner: string): Promise<void> {
  for (const id of await engine.labelled(`${LABEL.owner}=${owner}`)) await engine.remove(id);
}

function takePaused(directory: string | undefined): Set<string> {
  const file = directory === undefined ? undefined : join(directory, PAUSED_FILE);
  if (file === undefined || !existsSync(file)) return new Set();
  const ids = JSON.parse(readFileSync(file, 'utf8')) as string[];
  rmSync(file, { force: true });
  return new Set(ids);
}

function realTasks(world: World): [Scope, TaskRow][] {
  return world.store.partitions(tasks.name).flatMap((partition) => {
    const [account, region] = partition.split('/') as [string, string];
    const scope = { world, account, region };
    return tasks
      .in(scope)
      .values()
      .filter(({ isReal }) => isReal)
      .map((task): [Scope, TaskRow] => [scope, task]);
  });
}

/** It was being started when the server was killed: its containers are unknown, so it begins again. */
async function startAnew(scope: Scope, task: TaskRow): Promise<void> {
  const key = `${task.cluster}/${task.taskId}`;
  await scope.world.transaction(() => {
    scope.world.schedule(scope, { afterMs: 0, kind: 'ecs.task', payload: { key, step: 'start' } });
  });
}

interface Found {
  engine: Engine | undefined;
  paused: ReadonlySet<string>;
  containers: { name: string; state: ContainerState | undefined }[];
}

async function goOn(scope: Scope, task: TaskRow, { engine, paused, containers }: Found): Promise<void> {
  const key = `${task.cluster}/${task.taskId}`;
  const [first] = containers;
  const isStopping = task.task.desiredStatus === 'STOPPED';
  if (engine && task.service && !isStopping)
    for (const { state } of containers)
      if (state && !state.running && paused.has(state.id)) await engine.start(state.id);
  if (engine && first?.state && !isStopping) {
    const ports = task.task.containers.flatMap(({ networkBindings = [] }) =>
      networkBindings.flatMap(({ containerPort }) => containerPort ?? []),
    );
    // The ends of those that run no more are told by their watches.
    watchTask(scope, task, await publishedPorts(engine, first.state.id, ports));
    return;
  }
  await scope.world.transaction(() => {
    const exitCodes = Object.fromEntries(containers.map(({ name, state }) => [name, state?.exitCode ?? 137]));
    if (isStopping) {
      if (task.task.lastStatus === 'STOPPING')
        scope.world.schedule(scope, {
          afterMs: 0,
          kind: 'ecs.containers-ended',
          payload: { key, exitCodes, afterMs: 0 },
        });
      return;
    }
    const reason = 'CannotInspectContainerError: the container engine of this machine has lost it';
    for (const { name, state } of containers)
      scope.world.schedule(scope, {
        afterMs: 0,
        kind: 'ecs.container-exit',
        payload: { key, name, exitCode: state?.exitCode ?? 137, ...(state ? {} : { reason }) },
      });
  });
}
