import type { Scope } from '../../kernel/scope.ts';
import { quotaOf } from '../servicequotas/state.ts';
import { tasks } from './state.ts';

const UNITS_PER_VCPU = 1024;

/**
 * As an event of a service tells it after "was unable to place a task. Reason: ", and RunTask among its failures:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export const VCPU_LIMIT = "You've reached the limit on the number of vCPUs you can run concurrently";

/** How many tasks of that size the account may start beside those that run: on demand and Spot have a quota each. */
export function tasksWithinQuota(scope: Scope, cpu: string | undefined, isSpot: boolean): number {
  const quota = quotaOf(scope, 'fargate', isSpot ? 'L-36FBB829' : 'L-3032A538') * UNITS_PER_VCPU;
  const used = tasks
    .in(scope)
    .values()
    .filter(({ task }) => task.lastStatus !== 'STOPPED' && (task.capacityProviderName === SPOT) === isSpot)
    .reduce((sum, { task }) => sum + Number(task.cpu ?? 0), 0);
  return Math.max(0, Math.floor((quota - used) / Number(cpu ?? 256)));
}

const SPOT = 'FARGATE_SPOT';
export const isSpot = (capacityProvider: string | undefined): boolean => capacityProvider === SPOT;
