import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { MadeChangeSets } from '../../release/made-change-sets.ts';
import type { Plan } from '../../release/plan.ts';
import { hasTwoGroups, phasesBefore, replacedRoutes } from '../../release/shift-phases.ts';

/**
 * A rule or a target group that is made anew begins with nothing behind it, and ECS would move requests in the new one
 * while visitors still come by the old. Throws `traffic-route-replaced` before anything is changed.
 */
export function refuseReplacedRoutes({ environment }: Pick<Session, 'environment'>, { stacks }: Plan): void {
  for (const { id, action, changes, live, template } of stacks) {
    if (action !== 'update' || !live?.template) continue;
    if (!hasTwoGroups(live.template) && !hasTwoGroups(template)) continue;
    const [first] = replacedRoutes(changes);
    if (first) throw replaced(serviceOf(id), first.id, environmentFlags(environment));
  }
}

/**
 * A change set is one step, and some changes of a service whose requests move take several. Throws
 * `change-set-not-enough` before anything is changed.
 */
export function refuseSingleStep(
  { environment }: Pick<Session, 'environment'>,
  { stacks }: Plan,
  made: MadeChangeSets,
) {
  for (const { id, live, parameters, template } of stacks) {
    if (!made.stacks[id] || !live?.template) continue;
    if (!hasTwoGroups(live.template) && !hasTwoGroups(template)) continue;
    const known = Object.entries(parameters).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    const next = { template, parameters: Object.fromEntries(known) };
    const steps = phasesBefore({ template: live.template, parameters: live.parameters }, next).length + 1;
    if (steps > 1) throw notEnough(made.name, serviceOf(id), environmentFlags(environment));
  }
}

const serviceOf = (stack: string): string => stack.replace(/^service-/, '');

const notEnough = (name: string, service: string, flags: string) =>
  new PlatformError({
    id: 'change-set-not-enough',
    kind: 'failed',
    message: `Change set ${name} would bring ${service} to its new state in one step, and this change takes several, because ECS moves its requests; nothing was changed`,
    remedy: `platform deploy ${flags} takes them one after the other; diff --out and deploy --plan keep to what was reviewed`,
  });

const replaced = (service: string, resource: string, flags: string) =>
  new PlatformError({
    id: 'traffic-route-replaced',
    kind: 'failed',
    message: `${resource} of ${service} would be made anew, and ECS moves the requests of ${service} between what is there`,
    remedy: `write rollout: { type: rolling } for ${service} and nothing else, and platform deploy ${flags}; then make this change; then write the rollout back`,
  });
