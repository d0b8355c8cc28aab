import type { Scope } from '../../kernel/scope.ts';
import { GatewayFault } from './gateway-answer.ts';
import { apiKeys, usagePlans } from './state.ts';
import { takeToken } from './throttle.ts';

/** Lets a key in that stands in a plan of the stage, as often as the plan allows. Answers the key's id. */
export function useKey(
  value: string | undefined,
  { api, stage }: { api: string; stage: string },
  scope: Scope,
): string {
  const key =
    value === undefined
      ? undefined
      : apiKeys
          .in(scope)
          .values()
          .find((row) => row.value === value);
  const plan =
    key &&
    usagePlans
      .in(scope)
      .values()
      .find(
        ({ keys, declared }) =>
          keys.includes(key.id) &&
          (declared.ApiStages ?? []).some(
            (each: { ApiId: string; Stage: string }) => each.ApiId === api && each.Stage === stage,
          ),
      );
  if (!key?.enabled || !plan) throw new GatewayFault('INVALID_API_KEY');
  const { Throttle, Quota } = plan.declared;
  const limits = { rate: Number(Throttle?.RateLimit ?? 10_000), burst: Number(Throttle?.BurstLimit ?? 5_000) };
  if (Throttle && !takeToken(scope.world, `plan/${plan.id}/${key.id}`, limits)) throw new GatewayFault('THROTTLED');
  if (Quota) {
    const period = periodOf(Quota.Period, new Date(scope.world.clock.stamp()));
    const used = plan.used[key.id];
    const count = used?.period === period ? used.count : 0;
    if (count >= Number(Quota.Limit)) throw new GatewayFault('QUOTA_EXCEEDED');
    usagePlans.in(scope).update(plan.id, (draft) => {
      draft.used[key.id] = { period, count: count + 1 };
    });
  }
  return key.id;
}

/** Which day, week (it begins on Sunday) or month it is. */
function periodOf(period: string, now: Date): string {
  const day = now.toISOString().slice(0, 10);
  if (period === 'MONTH') return day.slice(0, 7);
  if (period === 'DAY') return day;
  return new Date(now.getTime() - now.getUTCDay() * 86_400_000).toISOString().slice(0, 10);
}
