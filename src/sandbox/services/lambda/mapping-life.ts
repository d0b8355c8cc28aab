import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { mappings } from './state.ts';
import { pollLater } from './wake-mappings.ts';

const SETTLED = 'lambda.mapping-settled';
/** AWS publishes no durations; it takes it tens of seconds. */
const SETTLE_MS = 15_000;

/** A mapping that is made, changed or deleted is so some time later. */
export function settleLater(uuid: string, scope: Scope): void {
  scope.world.schedule(scope, { afterMs: SETTLE_MS, kind: SETTLED, payload: { uuid } });
}

export const mappingTimers: Readonly<Record<string, TimerHandler>> = {
  [SETTLED]: ({ uuid }: { uuid: string }, scope) => {
    const row = mappings.in(scope).get(uuid);
    if (!row) return;
    if (row.state === 'Deleting') {
      mappings.in(scope).delete(uuid);
      return;
    }
    mappings.in(scope).update(uuid, (draft) => {
      draft.state = draft.enabled ? 'Enabled' : 'Disabled';
    });
    if (row.enabled) pollLater(uuid, 0, scope);
  },
};
