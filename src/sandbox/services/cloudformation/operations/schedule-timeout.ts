import type { Scope } from '../../../kernel/scope.ts';
import { cancelRunning, failureSentence } from '../engine/fail.ts';
import type { OperationTimer } from '../engine/schedule.ts';
import { startRollback } from '../engine/start-rollback.ts';
import { type OperationRow, operations, stacks } from '../state.ts';

/** `TimeoutInMinutes`: a creation that takes longer is rolled back. It waits for nothing by itself. */
export function scheduleTimeout(scope: Scope, { stackId, id }: OperationRow, minutes: number): void {
  const payload: OperationTimer = { stackId, operation: id };
  scope.world.schedule(scope, { afterMs: minutes * 60_000, kind: 'cloudformation.timeout', payload, background: true });
}

export function onTimeout({ stackId, operation: id }: OperationTimer, scope: Scope): void {
  const operation = operations.in(scope).get(stackId);
  if (operation?.id !== id) return;
  cancelRunning(scope, stacks.in(scope).get(stackId)!, operation);
  const now = operations.in(scope).get(stackId)!;
  startRollback(
    scope,
    { id: stackId },
    now,
    `Stack creation time exceeded the specified timeout. ${failureSentence(now)}`.trim(),
  );
}
