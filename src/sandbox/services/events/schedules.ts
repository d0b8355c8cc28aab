import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { parseSchedule } from '../application-autoscaling/schedule-expression.ts';
import { deliverToTargets } from './deliver.ts';
import { type RuleRow, rules } from './state.ts';

const DUE = 'events.schedule-due';

/**
 * Plans the next run of a rule with a schedule. Schedules are of the calendar, so the wait is reckoned from the real
 * moment; it passes in virtual time, and only if that runs for other reasons.
 */
export function planSchedule(scope: Scope, key: string, after = scope.world.clock.stamp()): void {
  const rule = rules.in(scope).get(key);
  if (!rule) return;
  if (rule.timer) scope.world.cancel(rule.timer);
  const at =
    rule.schedule === undefined || rule.state === 'DISABLED' ? undefined : parseSchedule(rule.schedule)?.(after);
  const timer =
    at === undefined
      ? undefined
      : scope.world.schedule(scope, { afterMs: at - after, kind: DUE, payload: { key, at }, background: true });
  rules.in(scope).update(key, (draft) => {
    if (timer === undefined) delete draft.timer;
    else draft.timer = timer;
  });
}

export const scheduleTimers: Readonly<Record<string, TimerHandler>> = {
  [DUE]: ({ key, at }: { key: string; at: number }, scope) => {
    const rule = rules.in(scope).get(key);
    if (!rule || rule.state === 'DISABLED') return;
    deliverToTargets(rule, scheduledEvent(rule, at, scope), scope);
    planSchedule(scope, key, at);
  },
};

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
const scheduledEvent = ({ arn }: RuleRow, at: number, { account, region }: Scope) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  region,
  resources: [arn],
  detail: {},
});
