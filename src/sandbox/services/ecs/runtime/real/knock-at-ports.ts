import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scope } from '../../../../kernel/scope.ts';
import { targetGroups } from '../../../elasticloadbalancing/state.ts';
import { type Answer, setTargetBehaviour } from '../../../elasticloadbalancing/target-behaviour.ts';
import { services, type TaskRow, tasks } from '../../state.ts';

const STARTING_MS = 250;
const STEADY_MS = 5_000;
/** A program that has come up with errors may still be warming up. */
const WARMING_UP_MS = 30_000;
/** How long time waits for a program to come up where no grace period says so. */
const PATIENCE_MS = 60_000;
const TIMEOUT_MS = 5_000;

/**
 * Asks a published port what it answers, as load balancers do, as long as its task lives: their health checks see the
 * last answer. Resolves when the program has come up, or when the grace period of its service is over in real time.
 */
export function knockAtPorts(
  scope: Scope,
  taskKey: string,
  { address, port, hostPort }: { address: string; port: number; hostPort: number },
): Promise<void> {
  const { world } = scope;
  return new Promise((resolve) => {
    world.beside(async () => {
      const startedAt = performance.now();
      let known = '';
      let isUp = false;
      try {
        while (!world.closing.aborted) {
          const row = tasks.in(scope).get(taskKey);
          if (!row || row.task.lastStatus === 'STOPPED' || row.task.lastStatus === 'DEPROVISIONING') return;
          const answers = await answersOf({ address, port, hostPort }, pathsOf(scope, row, port));
          const behaviour = { answer: Object.values(answers)[0]!, paths: answers };
          const now = JSON.stringify(behaviour);
          if (now !== known) await world.transaction(() => setTargetBehaviour(scope, { address, port, behaviour }));
          known = now;
          const ranMs = performance.now() - startedAt;
          isUp ||= hasComeUp(Object.values(answers), ranMs);
          if (isUp || ranMs > patienceMs(scope, row.service && `${row.cluster}/${row.service.name}`)) resolve();
          await wait(isUp ? STEADY_MS : STARTING_MS, undefined, { signal: world.closing, ref: false }).catch(
            () => undefined,
          );
        }
      } finally {
        resolve();
      }
    });
  });
}

const hasComeUp = (answers: readonly Answer[], ranMs: number): boolean =>
  answers.every((answer) => answer.kind === 'status' && (answer.code < 500 || ranMs > WARMING_UP_MS));

function patienceMs(scope: Scope, service: string | undefined): number {
  const graceSeconds = service && services.in(scope).get(service)?.settings.healthCheckGracePeriodSeconds;
  return graceSeconds ? 1000 * graceSeconds : PATIENCE_MS;
}

interface Door {
  address: string;
  port: number;
  hostPort: number;
}

/** Every path that a target group of the task asks its port for, registered or not yet; else the root. */
function pathsOf(scope: Scope, row: TaskRow, port: number): string[] {
  const groups = row.targets
    .filter((target) => target.port === port)
    .flatMap(({ targetGroupArn }) => targetGroups.in(scope).get(targetGroupArn) ?? []);
  const paths = groups.map(({ HealthCheckPath }) => HealthCheckPath ?? '/');
  return paths.length > 0 ? [...new Set(paths)] : ['/'];
}

const answersOf = async (door: Door, paths: readonly string[]): Promise<Record<string, Answer>> =>
  Object.fromEntries(await Promise.all(paths.map(async (path) => [path, await knock(door, path)] as const)));

/** Names itself as load balancers do: programs that look at the Host header see the address of their task. */
function knock({ address, port, hostPort }: Door, path: string): Promise<Answer> {
  return new Promise((resolve) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port: hostPort,
        path,
        agent: false,
        timeout: TIMEOUT_MS,
        headers: { host: `${address}:${port}`, 'user-agent': 'ELB-HealthChecker/2.0', connection: 'close' },
      },
      (response) => {
        response.resume();
        resolve({ kind: 'status', code: response.statusCode ?? 0 });
      },
    );
    asked.on('timeout', () => {
      resolve({ kind: 'timeout' });
      asked.destroy();
    });
    // The engine's own proxy takes connections before the program does, and drops them.
    asked.on('error', () => resolve({ kind: 'refused' }));
    asked.end();
  });
}
