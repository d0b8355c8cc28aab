import type { Scope } from '../../../../kernel/scope.ts';
import { removeTargetBehaviour } from '../../../elasticloadbalancing/target-behaviour.ts';
import { realContainers, type TaskRow, taskDefinitions } from '../../state.ts';
import type { ContainerEnds, ContainerRuntime } from '../container-runtime.ts';
import { STOP_SECONDS } from './container-spec.ts';
import { removeContainersOf, startContainers } from './start-containers.ts';

/** Containers in the engine of this machine. Everything that takes real time is done beside the world's own work. */
export const realRuntime: ContainerRuntime = {
  async start(scope, start) {
    startContainers(scope, start);
    return undefined;
  },

  async stop(scope, task, names) {
    const ids = names.flatMap((name) => {
      const id = realContainers.in(scope).get(`${task.cluster}/${task.taskId}/${name}`)?.id;
      return id ? [{ name, id, seconds: stopSeconds(scope, task, name) }] : [];
    });
    if (ids.length === 0) return { exitCodes: {}, afterMs: 0 };
    const release = scope.world.hold();
    scope.world.beside(async () => {
      try {
        const ends: ContainerEnds = { exitCodes: Object.fromEntries(await stopAll(scope, ids)), afterMs: 0 };
        await scope.world.transaction(() => {
          const payload = { key: `${task.cluster}/${task.taskId}`, ...ends };
          scope.world.schedule(scope, { afterMs: 0, kind: 'ecs.containers-ended', payload });
        });
      } finally {
        release();
      }
    });
    return undefined;
  },

  async remove(scope, task) {
    const { containerDefinitions = [] } = taskDefinitions.in(scope).get(task.definition)?.definition ?? {};
    for (const { name, portMappings = [] } of containerDefinitions) {
      realContainers.in(scope).delete(`${task.cluster}/${task.taskId}/${name}`);
      for (const { containerPort } of portMappings)
        if (task.address && containerPort !== undefined)
          removeTargetBehaviour(scope, { address: task.address, port: containerPort });
    }
    scope.world.beside(() => removeContainersOf(scope, task));
  },
};

/** Side by side, as ECS ends the containers of a task; one that the engine has lost has been killed. */
const stopAll = (scope: Scope, containers: readonly { name: string; id: string; seconds: number }[]) =>
  Promise.all(
    containers.map(async ({ name, id, seconds }): Promise<[string, number]> => {
      const { engine } = scope.world.machine!;
      await engine!.stop(id, seconds);
      return [name, (await engine!.inspect(id))?.exitCode ?? KILLED];
    }),
  );

/** 128 and SIGKILL. */
const KILLED = 137;

function stopSeconds(scope: Scope, { definition }: TaskRow, name: string): number {
  const { containerDefinitions = [] } = taskDefinitions.in(scope).get(definition)?.definition ?? {};
  return containerDefinitions.find((container) => container.name === name)?.stopTimeout ?? STOP_SECONDS;
}
