import type { Failure } from '@aws-sdk/client-ecs';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import { subnets } from '../ec2/state.ts';

interface Shortage {
  /** As ECS words it in `failures`; `RESOURCE:ENI` and the like are shorter. */
  reason: string;
  /** So many requests meet it. */
  times: number;
}

/** By availability zone, or `*` for the whole region. Scenarios write these rows. */
const shortages = defineTable<Shortage>('ecs.shortages');

/** The next requests to start one-off tasks in that zone get no task, and a reason instead. */
export function setShortage(scope: Scope, zone: string, shortage: Shortage): void {
  shortages.in(scope).put(zone, shortage);
}

/**
 * What RunTask answers instead of tasks, with status 200, where the zone of its first subnet has no room: a failure
 * without an ARN, as in https://github.com/gchq/sleeper/issues/904. Counts the request.
 */
export function shortageFor(scope: Scope, [subnet]: readonly string[], count: number): Failure[] | undefined {
  const table = shortages.in(scope);
  const zone = subnets.in(scope).get(subnet!)?.AvailabilityZone ?? '';
  const key = [zone, '*'].find((one) => (table.get(one)?.times ?? 0) > 0);
  const met = key === undefined ? undefined : table.get(key);
  if (key === undefined || met === undefined) return undefined;
  table.put(key, { ...met, times: met.times - 1 });
  return Array.from({ length: count }, () => ({ reason: met.reason }));
}
