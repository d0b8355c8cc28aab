import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { ENFORCE_MS } from './ecs-capacity.ts';
import { parseSchedule } from './schedule-expression.ts';
import { actions, targets } from './state.ts';
import { targetKey } from './target-key.ts';

/**
 * Plans the next run of a scheduled action. Schedules are of the calendar, so the wait is reckoned from the real
 * moment; it passes in virtual time, and only if that runs for other reasons.
 */
export function planRun(scope: Scope, key: string, after: number): void {
  const action = actions.in(scope).get(key);
  if (!action) return;
  if (action.timer) scope.world.cancel(action.timer);
  const at = parseSchedule(action.Schedule, action.Timezone)?.(Math.max(after, (action.startsAt ?? 0) - 1));
  const isOver = at === undefined || at > (action.endsAt ?? Infinity);
  const timer = isOver
    ? undefined
    : scope.world.schedule(scope, {
        afterMs: at - after,
        kind: 'application-autoscaling.scheduled',
        payload: { key, at },
        background: true,
      });
  actions.in(scope).update(key, (draft) => {
    if (timer === undefined) delete draft.timer;
    else draft.timer = timer;
  });
}

export const scheduleTimers: Readonly<Record<string, TimerHandler>> = {
  'application-autoscaling.scheduled': ({ key, at }: { key: string; at: number }, scope) => {
    const action = actions.in(scope).get(key);
    const target = action && targets.in(scope).get(targetKey(action));
    if (!action || !target) return;
    if (!target.SuspendedState?.ScheduledScalingSuspended) {
      targets.in(scope).update(targetKey(action), (draft) => {
        draft.MinCapacity = action.ScalableTargetAction?.MinCapacity ?? draft.MinCapacity;
        draft.MaxCapacity = action.ScalableTargetAction?.MaxCapacity ?? draft.MaxCapacity;
      });
      scope.world.schedule(scope, {
        afterMs: ENFORCE_MS,
        kind: 'application-autoscaling.enforce',
        payload: { key: targetKey(action) },
      });
    }
    planRun(scope, key, at);
  },
};
