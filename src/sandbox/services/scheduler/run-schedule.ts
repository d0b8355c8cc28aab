import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { parseSchedule } from '../application-autoscaling/schedule-expression.ts';
import { enqueue } from '../lambda/async-calls.ts';
import { roleMay } from '../lambda/role.ts';
import { functions } from '../lambda/state.ts';
import { queueAt, scopeOf } from '../sqs/find-queue.ts';
import { send } from '../sqs/send.ts';
import { type ScheduleRow, schedules } from './state.ts';

const DUE = 'scheduler.due';

/**
 * Plans the next run, reckoned from the real moment: clocks of zones are of the calendar. The wait passes in virtual
 * time, and only if that runs for other reasons. `at(…)` runs once.
 */
export function planRun(scope: Scope, key: string, after = scope.world.clock.stamp()): void {
  const row = schedules.in(scope).get(key);
  if (!row) return;
  if (row.timer) scope.world.cancel(row.timer);
  const at = row.state === 'DISABLED' ? undefined : nextRun(row, after);
  const timer =
    at === undefined
      ? undefined
      : scope.world.schedule(scope, { afterMs: at - after, kind: DUE, payload: { key, at }, background: true });
  schedules.in(scope).update(key, (draft) => {
    if (timer === undefined) delete draft.timer;
    else draft.timer = timer;
  });
}

/** A local time that a change of clocks leaves out is skipped: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time */
export const nextRun = ({ expression, timezone }: Pick<ScheduleRow, 'expression' | 'timezone'>, after: number) =>
  parseSchedule(expression, timezone, { skipsGaps: true })?.(after);

export const runTimers: Readonly<Record<string, TimerHandler>> = {
  [DUE]: ({ key, at }: { key: string; at: number }, scope) => {
    const row = schedules.in(scope).get(key);
    if (!row || row.state === 'DISABLED') return;
    run(row, at, scope);
    planRun(scope, key, at);
  },
};

/** An asynchronous call by the schedule's role; what it may not call goes to the queue for dead letters, where it may. */
function run(row: ScheduleRow, at: number, scope: Scope): void {
  const { Arn: arn = '', RoleArn: role = '', Input, DeadLetterConfig } = row.target;
  const [, , , region, account, , name = '', qualifier] = arn.split(':');
  const event = Input ?? JSON.stringify(scheduledEvent(row, at, scope));
  const isHere = region === scope.region && account === scope.account && functions.in(scope).has(name);
  if (isHere && roleMay(role, 'lambda:InvokeFunction', arn, scope))
    enqueue({ name, ...(qualifier === undefined ? {} : { qualifier }), arn }, event, scope);
  else if (DeadLetterConfig?.Arn && roleMay(role, 'sqs:SendMessage', DeadLetterConfig.Arn, scope)) {
    const queue = queueAt(DeadLetterConfig.Arn, scope);
    if (queue) send(queue, { MessageBody: event }, { scope: scopeOf(scope, queue), senderId: 'AIDASCHEDULER' });
  }
}

/** What a target without an input of its own is given: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html */
const scheduledEvent = ({ arn }: ScheduleRow, at: number, { account, region }: Scope) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.scheduler',
  account,
  time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
  region,
  resources: [arn],
  detail: '{}',
});
