import type { Scope } from '../../../kernel/scope.ts';
import { looks } from '../state.ts';

/** How soon the scheduler sees a change. */
const SOON_MS = 2_000;

/** Has the scheduler look at the service soon, because something changed. */
export function wake(scope: Scope, key: string, afterMs = SOON_MS): void {
  lookAfter(scope, key, { afterMs, background: false, quietMs: 0 });
}

/**
 * Plans the next look at the service `<cluster>/<name>`, unless one is planned that comes as early and is as urgent.
 * `background`: only when time passes for another reason. `quietMs`: how long nothing has changed.
 */
export function lookAfter(
  scope: Scope,
  key: string,
  { afterMs, background, quietMs }: { afterMs: number; background: boolean; quietMs: number },
): void {
  const now = scope.world.clock.now();
  const at = now + afterMs;
  const row = looks.in(scope).get(key);
  // One whose time is past was lost with its timer.
  const planned = row && row.at >= now ? row : undefined;
  if (planned && planned.at <= at && (!planned.background || background)) return;
  if (planned) scope.world.cancel(planned.timer);
  const timer = scope.world.schedule(scope, { afterMs, kind: 'ecs.look', payload: { key, quietMs }, background });
  looks.in(scope).put(key, { timer, at, background });
}
