import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Plan } from '../../release/plan.ts';
import { hasTwoGroups, replacedRoutes } from '../../release/shift-phases.ts';

/**
 * A rule or a target group that is made anew begins with nothing behind it, and ECS would move requests in the new one
 * while visitors still come by the old. Throws `traffic-route-replaced` before anything is changed.
 */
export function refuseReplacedRoutes({ environment }: Pick<Session, 'environment'>, { stacks }: Plan): void {
  for (const { id, action, changes, live, template } of stacks) {
    if (action !== 'update' || !live?.template) continue;
    if (!hasTwoGroups(live.template) && !hasTwoGroups(template)) continue;
    const [first] = replacedRoutes(changes);
    if (first) throw replaced(id.replace(/^service-/, ''), first.id, environmentFlags(environment));
  }
}

const replaced = (service: string, resource: string, flags: string) =>
  new PlatformError({
    id: 'traffic-route-replaced',
    kind: 'failed',
    message: `${resource} of ${service} would be made anew, and ECS moves the requests of ${service} between what is there`,
    remedy: `write rollout: { type: rolling } for ${service} and nothing else, and platform deploy ${flags}; then make this change; then write the rollout back`,
  });
