import type { ContainerDefinition, NetworkBinding } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import type { TaskDefinitionRow, TaskRow } from '../state.ts';

/** One container as it is to be started: overrides are applied, the image is resolved. */
export interface Launch {
  container: ContainerDefinition & { name: string; image: string };
  digest?: string | undefined;
  /** Its programs are for another processor: the kernel will refuse to execute them. */
  foreign: boolean;
}

/** The containers of a task that has its address. */
export interface TaskStart {
  task: TaskRow;
  definition: TaskDefinitionRow;
  launches: readonly Launch[];
}

/** By name of the container, what DescribeTasks shows of it. */
export type StartedContainers = Readonly<
  Record<string, { runtimeId: string; networkBindings?: NetworkBinding[] | undefined }>
>;

/** How containers will have ended, and when. */
export interface ContainerEnds {
  exitCodes: Readonly<Record<string, number>>;
  afterMs: number;
}

/**
 * What runs containers. All is called within a transaction of the world, which nothing may wait in for real things:
 * what takes real time answers undefined, and tells by a timer when it is done.
 */
export interface ContainerRuntime {
  /** Starts the containers. Undefined: `ecs.containers-started` or `ecs.start-refused` will come. */
  start(scope: Scope, start: TaskStart): Promise<StartedContainers | undefined>;
  /** Asks them to end (SIGTERM, SIGKILL after the stop timeout). Undefined: `ecs.containers-ended` will come. */
  stop(scope: Scope, task: TaskRow, names: readonly string[]): Promise<ContainerEnds | undefined>;
  /** Nothing of the task may be left: its addresses answer no more. */
  remove(scope: Scope, task: TaskRow): Promise<void>;
}
