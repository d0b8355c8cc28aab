import type { Scope } from '../../kernel/scope.ts';

import { type SecretRow, secrets } from './state.ts';

/** Begins a rotation by itself. */
export const ROTATION_DUE = 'secretsmanager.rotation-due';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

/** Sets when the secret is rotated by itself next; expressions with `cron` are kept and never come due. */
export function planRotation(arn: string, scope: Scope): void {
  const row = secrets.in(scope).get(arn)!;
  if (row.rotationTimer !== undefined) scope.world.cancel(row.rotationTimer);
  const every = row.rotation?.enabled ? intervalOf(row) : undefined;
  const timer =
    every === undefined
      ? undefined
      : scope.world.schedule(scope, { afterMs: every, kind: ROTATION_DUE, payload: { arn }, background: true });
  const now = scope.world.clock.stamp();
  secrets.in(scope).update(arn, (draft) => {
    delete draft.rotationTimer;
    delete draft.nextRotation;
    if (timer === undefined) return;
    draft.rotationTimer = timer;
    draft.nextRotation = now + every!;
  });
}

/** https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html */
function intervalOf({ rotation }: SecretRow): number | undefined {
  const { AutomaticallyAfterDays: days, ScheduleExpression = '' } = rotation!.rules;
  if (days !== undefined) return days * DAY_MS;
  const [, count, unit] = /^rate\((\d+) (hour|day)s?\)$/.exec(ScheduleExpression) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === 'hour' ? HOUR_MS : DAY_MS);
}
