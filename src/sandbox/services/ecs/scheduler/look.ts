import type { Scope } from '../../../kernel/scope.ts';
import type { TimerHandler } from '../../../kernel/service-definition.ts';
import { tasksOfService } from '../lookups.ts';
import { looks, services } from '../state.ts';
import { breakerEnabled } from './circuit-breaker.ts';
import { drainService } from './drain-service.ts';
import { reconcile } from './reconcile.ts';
import { GIVEN_UP_STREAK } from './restart-delay.ts';
import { lookAfter } from './wake.ts';

/** How often the scheduler looks while something is under way. */
const BUSY_MS = 10_000;
/** A settled service is looked at when this much time has passed for other reasons; longer, the longer it is settled. */
const QUIET_MS = 60_000;
const QUIETEST_MS = 15 * 60_000;
/** Waiting for something that does not come (a target that nobody checks) no longer makes time run after this. */
const HOPELESS_MS = 60 * 60_000;

const BAKES: readonly string[] = ['PRODUCTION_TRAFFIC_SHIFT', 'BAKE_TIME'];

/** The scheduler looks at a service, acts, and plans its next look. */
export const look: TimerHandler = async ({ key, quietMs }: { key: string; quietMs: number }, scope) => {
  looks.in(scope).delete(key);
  const service = services.in(scope).get(key);
  if (!service || service.status === 'INACTIVE') return;
  const before = fingerprint(scope, key);
  if (service.status === 'DRAINING') await drainService(scope, key);
  else await reconcile(scope, key);

  const after = services.in(scope).get(key)!;
  if (after.status === 'INACTIVE') return;
  const primary = after.deployments.find(({ status }) => status === 'PRIMARY');
  const moving = isMoving(scope, key);
  // Both revisions baking for hours is no hopeless wait: its end is known.
  const bakes = primary?.shift !== undefined && BAKES.includes(primary.shift.stage);
  const quiet = before === fingerprint(scope, key) && !bakes ? quietMs : 0;
  const holdMs = Math.max(0, (primary?.notBefore ?? 0) - scope.world.clock.now());
  const givenUp =
    (primary?.streak ?? 0) >= GIVEN_UP_STREAK && !(breakerEnabled(after) && primary?.rolloutState === 'IN_PROGRESS');
  if (moving && quiet < HOPELESS_MS) {
    const afterMs = Math.max(
      BUSY_MS,
      tasksOfService(scope, after.cluster, after.serviceName).some(({ wanted }) => wanted === 'run') ? 0 : holdMs,
    );
    lookAfter(scope, key, { afterMs, background: givenUp, quietMs: quiet + afterMs });
    return;
  }
  const afterMs = Math.min(QUIETEST_MS, Math.max(QUIET_MS, quiet));
  lookAfter(scope, key, { afterMs, background: true, quietMs: quiet + afterMs });
};

/** Whether the service is on its way from what is to what is wished. */
function isMoving(scope: Scope, key: string): boolean {
  const service = services.in(scope).get(key)!;
  if (service.status === 'DRAINING') return true;
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY')!;
  const live = tasksOfService(scope, service.cluster, service.serviceName).filter(({ wanted }) => wanted === 'run');
  if (primary.rolloutState === 'FAILED') return live.some(({ task }) => task.lastStatus !== 'RUNNING');
  return !service.steady && !primary.blockedSaid;
}

function fingerprint(scope: Scope, key: string): string {
  const { cluster, serviceName, events, deployments } = services.in(scope).get(key)!;
  const tasks = tasksOfService(scope, cluster, serviceName).map(
    ({ taskId, task, proven }) => `${taskId} ${task.lastStatus} ${task.desiredStatus} ${proven}`,
  );
  const shifts = deployments.map(({ shift }) => `${shift?.stage} ${shift?.percent}`);
  return [events[0]?.id, ...shifts, ...tasks].join('\n');
}
