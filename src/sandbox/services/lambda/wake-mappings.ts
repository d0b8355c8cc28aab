import type { Scope } from '../../kernel/scope.ts';
import { mappings } from './state.ts';

export const POLL = 'lambda.poll';

export function pollLater(uuid: string, afterMs: number, scope: Scope, { background = false } = {}): void {
  scope.world.schedule(scope, { afterMs, kind: POLL, payload: { uuid }, background });
}

/** A message is there, or will be after so long: whatever reads this queue for a function looks then. */
export function wakeMappings(queueArn: string, afterMs: number, scope: Scope): void {
  for (const { uuid, sourceArn, enabled } of mappings.in(scope).values())
    if (sourceArn === queueArn && enabled) pollLater(uuid, afterMs, scope);
}
