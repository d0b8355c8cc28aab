import type { Scope } from '../../../kernel/scope.ts';
import { services, type TaskRow } from '../state.ts';
import { GIVEN_UP_HOLD_MS, GIVEN_UP_STREAK, restartDelayMs } from './restart-delay.ts';
import { say } from './said.ts';
import { wake } from './wake.ts';

/** From this failure in a row the service says that it cannot start tasks consistently. */
const SAID_AT = 3;

/**
 * Counts a task of a service that did not start, or ended by itself before it was seen healthy; a task that had been
 * healthy is replaced without counting.
 */
export function taskFailed(scope: Scope, row: TaskRow, startFailure?: string): void {
  if (!row.service) return;
  const key = `${row.cluster}/${row.service.name}`;
  if (startFailure) say(scope, key, `was unable to place a task. Reason: ${startFailure}.`);
  if (row.proven) wake(scope, key);
  else countFailure(scope, key, row.service.deploymentId, { throttled: startFailure !== undefined });
}

/**
 * One more failure of a deployment, which the circuit breaker counts while it rolls out. `throttled`: the task never
 * was RUNNING, so the next start waits.
 */
export function countFailure(
  scope: Scope,
  key: string,
  deploymentId: string,
  { throttled }: { throttled: boolean },
): void {
  const deployment = services
    .in(scope)
    .get(key)
    ?.deployments.find(({ id }) => id === deploymentId);
  if (!deployment) return;
  const streak = deployment.streak + 1;
  const holdMs = throttled ? restartDelayMs(streak) : streak >= GIVEN_UP_STREAK ? GIVEN_UP_HOLD_MS : 0;
  services.in(scope).update(key, (draft) => {
    const failing = draft.deployments.find(({ id }) => id === deploymentId)!;
    failing.streak = streak;
    failing.notBefore = scope.world.clock.now() + holdMs;
    failing.updatedAt = scope.world.clock.stamp();
    if (failing.rolloutState === 'IN_PROGRESS') failing.failedTasks += 1;
    draft.steady = false;
  });
  if (throttled && streak === SAID_AT) {
    say(
      scope,
      key,
      'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of ' +
        'the Amazon ECS Developer Guide.',
    );
  }
  wake(scope, key);
}
