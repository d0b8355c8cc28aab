import { setTimeout as wait } from 'node:timers/promises';
import type { Scope } from '../../../../kernel/scope.ts';
import { realContainers, type TaskRow, taskDefinitions } from '../../state.ts';
import { knockAtPorts } from './knock-at-ports.ts';
import { watchContainer } from './watch-container.ts';
import { watchHealth } from './watch-health.ts';

/** A container that nobody knocks at is taken for started when it has run for so long, as the scheduler does. */
const TAKEN_FOR_STARTED_MS = 15_000;

/**
 * Follows what runs: its log, its end, what its ports answer, what its health check says. Time keeps to the real clock
 * until the program has come up (or its grace is over), and as long as a one-off runs.
 */
export function watchTask(scope: Scope, task: TaskRow, hostPorts: Readonly<Record<string, number>>): void {
  const { containerDefinitions = [] } = taskDefinitions.in(scope).get(task.definition)?.definition ?? {};
  const key = `${task.cluster}/${task.taskId}`;
  const release = scope.world.hold();
  const ends = containerDefinitions.map(({ name }) => {
    const row = realContainers.in(scope).get(`${key}/${name}`);
    return row ? watchContainer(scope, task, { name: name!, ...row }) : Promise.resolve();
  });
  const checks = containerDefinitions
    .filter(({ healthCheck }) => healthCheck)
    .map(({ name, healthCheck }) => watchHealth(scope, key, { name: name!, check: healthCheck! }));
  const knocks = Object.entries(hostPorts).map(([port, hostPort]) =>
    knockAtPorts(scope, key, { address: task.address!, port: Number(port), hostPort }),
  );
  scope.world.beside(async () => {
    try {
      const up = [...checks, ...knocks];
      const started =
        task.service === undefined
          ? new Promise<void>(() => undefined)
          : up.length > 0
            ? Promise.all(up)
            : wait(TAKEN_FOR_STARTED_MS, undefined, { signal: scope.world.closing }).catch(() => undefined);
      await Promise.race([started, Promise.all(ends)]);
    } finally {
      release();
    }
  });
}
