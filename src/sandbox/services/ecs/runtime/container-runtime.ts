import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import type { TaskRow } from '../state.ts';

/** One container as it is to be started: overrides are applied, the image is resolved, the task has its address. */
export interface Launch {
  task: TaskRow;
  container: ContainerDefinition & { name: string; image: string };
  digest?: string | undefined;
  /** Its programs are for another processor: the kernel will refuse to execute them. */
  foreign: boolean;
  /** A task that RunTask started, not a service. */
  oneOff: boolean;
}

/**
 * What runs containers. The end of a container is told to `containerExited` (tasks/container-exit.ts), within a
 * transaction of the world, whenever it comes.
 */
export interface ContainerRuntime {
  /** Starts it and answers with the `runtimeId` that DescribeTasks shows. */
  start(scope: Scope, launch: Launch): Promise<{ runtimeId: string; health: 'HEALTHY' | 'UNHEALTHY' }>;
  /** Asks it to end (SIGTERM, SIGKILL after its stop timeout) and answers with how it will have ended, and when. */
  stop(scope: Scope, task: TaskRow, containerName: string): Promise<{ exitCode: number; afterMs: number }>;
  /** Nothing of the task may be left: its addresses answer no more. */
  remove(scope: Scope, task: TaskRow): Promise<void>;
}
