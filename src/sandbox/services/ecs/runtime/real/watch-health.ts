import { setTimeout as wait } from 'node:timers/promises';
import type { HealthCheck } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../../kernel/scope.ts';
import { realContainers, tasks } from '../../state.ts';

/** While a container is starting its check is tried often, so that nobody waits for an interval longer than it takes. */
const STARTING_MS = 1_000;

/**
 * Runs the health check of a container as long as its task lives; its verdicts are counted by `container-health.ts`.
 * Resolves when it has passed once, or when its start period and retries are over.
 */
export function watchHealth(
  scope: Scope,
  taskKey: string,
  { name, check }: { name: string; check: HealthCheck },
): Promise<void> {
  const { world } = scope;
  const intervalMs = 1000 * (check.interval ?? 30);
  const patienceMs = 1000 * (check.startPeriod ?? 0) + intervalMs * ((check.retries ?? 3) + 1);
  const command = check.command?.[0] === 'CMD-SHELL' ? ['/bin/sh', '-c', check.command[1]!] : check.command!.slice(1);
  const key = `${taskKey}/${name}`;
  return new Promise((resolve) => {
    world.beside(async () => {
      const startedAt = performance.now();
      let passed = false;
      try {
        while (!world.closing.aborted) {
          const row = realContainers.in(scope).get(key);
          if (!row || tasks.in(scope).get(taskKey)?.task.desiredStatus !== 'RUNNING') return;
          const exitCode = await run(scope, row.id, command, 1000 * (check.timeout ?? 5));
          const health = exitCode === 0 ? 'HEALTHY' : 'UNHEALTHY';
          if (health !== row.health && realContainers.in(scope).has(key))
            await tell(scope, { taskKey, name, key, health });
          passed ||= exitCode === 0;
          if (passed || performance.now() - startedAt > patienceMs) resolve();
          await wait(passed ? intervalMs : STARTING_MS, undefined, { signal: world.closing, ref: false }).catch(
            () => undefined,
          );
        }
      } finally {
        resolve();
      }
    });
  });
}

/** A container that has just ended runs nothing any more: its end is told by others. */
async function run(scope: Scope, id: string, command: string[], timeoutMs: number): Promise<number | undefined> {
  try {
    return await scope.world.machine!.engine!.run(id, command, timeoutMs);
  } catch {
    return undefined;
  }
}

async function tell(
  scope: Scope,
  { taskKey, name, key, health }: { taskKey: string; name: string; key: string; health: 'HEALTHY' | 'UNHEALTHY' },
): Promise<void> {
  await scope.world.transaction(() => {
    const before = realContainers.in(scope).get(key)?.health;
    realContainers.in(scope).update(key, (draft) => {
      draft.health = health;
    });
    // What was healthy is no longer looked at for its own sake.
    if (before === 'HEALTHY')
      scope.world.schedule(scope, { afterMs: 0, kind: 'ecs.container-health', payload: { key: taskKey, name } });
  });
}
