import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { services, type TaskRow } from '../state.ts';

/** DescribeServices shows the last hundred. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages.html */
const EVENTS_KEPT = 100;

/**
 * Adds `(service <name>) <text>` to the events of the service `<cluster>/<name>`;
 * with a deployment it begins `(service <name>, taskSet <id>)`.
 */
export function say(scope: Scope, key: string, text: string, deploymentId?: string): void {
  if (!services.in(scope).has(key)) return;
  services.in(scope).update(key, (draft) => {
    draft.events = [
      {
        id: randomUUID(),
        createdAt: scope.world.clock.stamp(),
        message: `(service ${draft.serviceName}${deploymentId ? `, taskSet ${deploymentId}` : ''}) ${text}`,
      },
      ...draft.events,
    ].slice(0, EVENTS_KEPT);
  });
}

/** The same for the service of a task; a task without one says nothing. */
export function said(scope: Scope, { cluster, service }: TaskRow, text: string): void {
  if (service) say(scope, `${cluster}/${service.name}`, text);
}
