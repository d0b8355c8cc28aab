import type { NetworkBinding } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../../kernel/scope.ts';
import { WORLD_CLOSED } from '../../../../kernel/world.ts';
import type { Engine } from '../../../../machine/engine.ts';
import { EngineFault } from '../../../../machine/engine-call.ts';
import type { Machine } from '../../../../machine/machine.ts';
import { leaveTraces } from '../../../../machine/traces.ts';
import { authorizationToken } from '../../../ecr/authorization-token.ts';
import { fullReference, parseImage } from '../../image-reference.ts';
import { cannotPull, type Refusal } from '../../start-checks/refusal.ts';
import { realContainers, type TaskRow, tasks } from '../../state.ts';
import type { Launch, StartedContainers, TaskStart } from '../container-runtime.ts';
import { containerEnvironment } from './container-environment.ts';
import { containerName, containerSpec, LABEL, MACHINE_NAME } from './container-spec.ts';
import { portInUse } from './port-in-use.ts';
import { watchTask } from './watch-task.ts';

/**
 * Pulls and starts the containers of a task, beside the world's own work: the pull asks this very sandbox. The first
 * of them has the network, which the others share, as the containers of an awsvpc task do.
 */
export function startContainers(scope: Scope, start: TaskStart): void {
  const { world } = scope;
  leaveTraces(world);
  const release = world.hold();
  world.beside(async () => {
    try {
      const environments = await world.transaction(() => environmentsOf(scope, start));
      if (!environments) return;
      const started = await run(scope, start, environments);
      if ('reason' in started) {
        await removeContainersOf(scope, start.task);
        await tell(scope, start.task, 'ecs.start-refused', started);
        return;
      }
      await tell(scope, start.task, 'ecs.containers-started', { started: started.shown }, started.ids);
      watchTask(scope, start.task, started.hostPorts);
    } catch (error) {
      if (error === WORLD_CLOSED) throw error;
      await removeContainersOf(scope, start.task);
      await tell(
        scope,
        start.task,
        'ecs.start-refused',
        cannotStart(error instanceof Error ? error.message : `${error}`),
      );
    } finally {
      release();
    }
  });
}

/** Removes whatever the engine has of a task. */
export async function removeContainersOf(scope: Scope, task: TaskRow): Promise<void> {
  const { engine } = scope.world.machine ?? {};
  for (const id of (await engine?.labelled(`${LABEL.task}=${taskLabel(scope, task)}`)) ?? []) await engine!.remove(id);
}

export const taskLabel = ({ account, region }: Scope, { cluster, taskId }: TaskRow): string =>
  `${account}/${region}/${cluster}/${taskId}`;

interface Started {
  shown: StartedContainers;
  ids: Record<string, string>;
  /** By port of the container. */
  hostPorts: Record<string, number>;
}

async function environmentsOf(
  scope: Scope,
  { task, launches }: TaskStart,
): Promise<Record<string, string>[] | undefined> {
  // Somebody may have wished the task's end before its turn came.
  if (tasks.in(scope).get(`${task.cluster}/${task.taskId}`)?.task.desiredStatus !== 'RUNNING') return undefined;
  const machine = scope.world.machine!;
  const endpoint = `http://${inside(machine)}:${machine.port}`;
  return Promise.all(launches.map(({ container }) => containerEnvironment(scope, container, { endpoint })));
}

/** How a container reaches what listens on this machine's loopback. */
const inside = ({ engine }: Machine): string => (engine?.facts.network === 'bridge' ? MACHINE_NAME : '127.0.0.1');

async function run(
  scope: Scope,
  { task, definition, launches }: TaskStart,
  environments: Record<string, string>[],
): Promise<Started | Refusal> {
  const machine = scope.world.machine!;
  const engine = machine.engine!;
  const ports = [...new Set(launches.flatMap(({ container }) => portsOf(container)))];
  const taken = engine.facts.network === 'host' ? await portInUse(ports) : undefined;
  if (taken !== undefined)
    return cannotStart(`port ${taken} of this machine is in use, and its container engine cannot bridge networks`);
  const ids: Record<string, string> = {};
  let network: string | undefined;
  for (const [index, launch] of launches.entries()) {
    const image = await pull(scope, task, launch);
    if (typeof image !== 'string') return image;
    const { name } = launch.container;
    const spec = containerSpec(
      {
        owner: machine.owner,
        task: taskLabel(scope, task),
        container: launch.container,
        image,
        environment: environments[index]!,
        cpuUnits: Number(task.task.cpu),
        memoryMiB: Number(task.task.memory),
        network,
        ports,
      },
      engine.facts,
    );
    try {
      ids[name] = await engine.create(containerName(definition.definition.family, task.taskId, name), spec);
      await engine.start(ids[name]);
    } catch (error) {
      if (error instanceof EngineFault) return { ...cannotStart(error.message), container: name };
      throw error;
    }
    network ??= ids[name];
  }
  const hostPorts = await publishedPorts(engine, network!, ports);
  const shown = Object.fromEntries(
    launches.map(({ container }) => [
      container.name,
      { runtimeId: ids[container.name]!, networkBindings: bindingsOf(portsOf(container), hostPorts) },
    ]),
  );
  return { shown, ids, hostPorts };
}

/** Brings the image to the engine; answers with what the engine calls it. */
async function pull(scope: Scope, task: TaskRow, { container, digest }: Launch): Promise<string | Refusal> {
  const { engine, port } = scope.world.machine!;
  const reference = parseImage(container.image);
  const architecture = architectureOf(task);
  const registry = reference.ecr && { world: scope.world, ...reference.ecr };
  const image = registry ? `127.0.0.1:${port}/${reference.repository}@${digest}` : fullReference(reference);
  const login = registry && {
    username: 'AWS',
    password: authorizationToken(registry).password,
    serveraddress: `127.0.0.1:${port}`,
  };
  try {
    await engine!.pull(image, { platform: `linux/${architecture}`, ...(login ? { login } : {}) });
    return image;
  } catch (error) {
    if (error instanceof EngineFault) return cannotPull(container.name, `${container.image}: ${error.message}`);
    throw error;
  }
}

/** As platforms call it. */
export const architectureOf = ({ task }: TaskRow): string =>
  task.attributes?.some(({ value }) => value === 'arm64') ? 'arm64' : 'amd64';

const portsOf = ({ portMappings = [] }: Launch['container']): number[] =>
  portMappings.flatMap(({ containerPort }) => (containerPort === undefined ? [] : [containerPort]));

export async function publishedPorts(
  engine: Engine,
  networkOwner: string,
  ports: readonly number[],
): Promise<Record<string, number>> {
  if (engine.facts.network === 'host') return Object.fromEntries(ports.map((port) => [port, port]));
  const { hostPorts = {} } = (await engine.inspect(networkOwner)) ?? {};
  return Object.fromEntries(
    ports.flatMap((port) => (hostPorts[`${port}/tcp`] ? [[port, hostPorts[`${port}/tcp`]!]] : [])),
  );
}

const bindingsOf = (ports: readonly number[], hostPorts: Readonly<Record<string, number>>): NetworkBinding[] =>
  ports.flatMap((containerPort) => {
    const hostPort = hostPorts[containerPort];
    return hostPort === undefined ? [] : [{ bindIP: '127.0.0.1', containerPort, hostPort, protocol: 'tcp' as const }];
  });

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html */
const cannotStart = (detail: string): Refusal => ({
  reason: `CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: ${detail}`,
});

async function tell(
  scope: Scope,
  { cluster, taskId }: TaskRow,
  kind: string,
  what: object,
  ids: Readonly<Record<string, string>> = {},
): Promise<void> {
  const key = `${cluster}/${taskId}`;
  await scope.world.transaction(() => {
    for (const [name, id] of Object.entries(ids)) realContainers.in(scope).put(`${key}/${name}`, { id });
    scope.world.schedule(scope, { afterMs: 0, kind, payload: { key, ...what } });
  });
}
