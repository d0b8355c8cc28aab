import { randomInt } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { removeTargetBehaviour, setTargetBehaviour } from '../../elasticloadbalancing/target-behaviour.ts';
import { type TaskRow, taskDefinitions } from '../state.ts';
import { type Behaviour, behaviourOf } from './behaviours.ts';
import type { ContainerRuntime, Launch } from './container-runtime.ts';
import { writeLogLines } from './log-lines.ts';

/** Every `runtimeId` of a container that did not really run begins so. */
const SIMULATED_PREFIX = 'simulated-';

/** A program that handles SIGTERM, as a well-made one does. */
const STOP_MS = 2_000;
/** A one-off command of a few seconds. */
const ONE_OFF_MS = 5_000;

/** Containers that only seem to run: what they answer, write and exit with is what the behaviour table says. */
export const simulatedRuntime: ContainerRuntime = {
  async start(scope, { task, launches }) {
    for (const launch of launches) await startOne(scope, task, launch);
    return Object.fromEntries(
      launches.map(({ container: { name } }) => [
        name,
        { runtimeId: `${SIMULATED_PREFIX}${task.taskId}-${randomInt(1_000_000_000, 4_294_967_295)}` },
      ]),
    );
  },

  async stop(_scope, _task, names) {
    return { exitCodes: Object.fromEntries(names.map((name) => [name, 0])), afterMs: names.length > 0 ? STOP_MS : 0 };
  },

  async remove(scope, task) {
    const { containerDefinitions = [] } = taskDefinitions.in(scope).get(task.definition)?.definition ?? {};
    for (const { containerPort } of containerDefinitions.flatMap(({ portMappings }) => portMappings ?? [])) {
      if (task.address && containerPort !== undefined)
        removeTargetBehaviour(scope, { address: task.address, port: containerPort });
    }
  },
};

async function startOne(scope: Scope, task: TaskRow, { container, digest, foreign }: Launch): Promise<void> {
  const { name, image, command } = container;
  const behaviour = foreign
    ? refusedByKernel(container)
    : behaviourOf(scope, { definition: task.definition, name, image, digest, command });
  const { answer = { kind: 'status', code: 200 } as const, paths, readyAfterMs = 0 } = behaviour.http ?? {};
  for (const { containerPort } of container.portMappings ?? []) {
    if (!task.address || containerPort === undefined) continue;
    const sinceMs = scope.world.clock.now() + readyAfterMs;
    const listening = { answer, ...(paths ? { paths } : {}), sinceMs };
    setTargetBehaviour(scope, { address: task.address, port: containerPort, behaviour: listening });
  }
  await writeLogLines(scope, { task, container, lines: behaviour.logs ?? [] });

  const oneOff = task.service === undefined;
  const exit = behaviour.exit ?? (oneOff ? { code: 0, afterMs: ONE_OFF_MS } : undefined);
  if (!exit) return;
  scope.world.schedule(scope, {
    afterMs: exit.afterMs,
    kind: 'ecs.container-exit',
    payload: { key: `${task.cluster}/${task.taskId}`, name, exitCode: exit.code, reason: behaviour.exit?.reason },
    // A service that restarts for ever must not make time run for ever; while it rolls out, time runs anyway.
    background: !oneOff,
  });
}

/** F-36: a program for another processor. Fargate shows exit code 255 and one line of log. */
const refusedByKernel = ({ entryPoint, command }: Launch['container']): Behaviour => ({
  exit: { code: 255, afterMs: 500 },
  logs: [`exec ${entryPoint?.[0] ?? command?.[0] ?? '/docker-entrypoint.sh'}: exec format error`],
  http: { answer: { kind: 'refused' } },
});
