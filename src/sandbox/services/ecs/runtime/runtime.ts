import type { Scope } from '../../../kernel/scope.ts';
import type { TaskRow } from '../state.ts';
import { isBehaviourSet } from './behaviours.ts';
import type { ContainerRuntime, Launch } from './container-runtime.ts';
import { isOnMachine } from './real/is-on-machine.ts';
import { realRuntime } from './real/real-runtime.ts';
import { architectureOf } from './real/start-containers.ts';
import { simulatedRuntime } from './simulated-runtime.ts';

/** What runs this task. */
export const runtimeOf = ({ isReal }: TaskRow): ContainerRuntime => (isReal ? realRuntime : simulatedRuntime);

/**
 * The one place that decides whether the containers of a task really run: there is an engine, every image is there in
 * full and made for a processor that the engine has, and no scenario says what a container is to do instead.
 */
export function isRunnable(scope: Scope, task: TaskRow, launches: readonly Launch[]): boolean {
  const { definition } = task;
  const { engine } = scope.world.machine ?? {};
  return (
    engine !== undefined &&
    launches.every(
      ({ container: { name, image, command }, digest, foreign }) =>
        !foreign &&
        !isBehaviourSet(scope, { definition, name, image, digest, command }) &&
        isOnMachine(scope, { image, digest, architecture: architectureOf(task) }, engine),
    )
  );
}
