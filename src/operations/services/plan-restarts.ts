import type { ServiceTasks, StaleSecret } from './stale-tasks.ts';

/** A service that is to get fresh tasks. */
export interface Restart extends ServiceTasks {
  why: string;
  /** A rollout that is under way and does what is asked for: to be watched. Absent: one is to be begun. */
  rollout?: string;
}

export interface Restarts {
  restarts: Restart[];
  unchanged: { name: string; why: string }[];
}

/** What has to be done for which service, and why. With `only` those alone that hold what is no longer so. */
export function restartsFor(services: readonly ServiceTasks[], { only }: { only: boolean }): Restarts {
  const decided: Restarts = { restarts: [], unchanged: [] };
  for (const one of services) {
    const { name, service, stale } = one;
    const { deployments = [], desiredCount = 0 } = service;
    const secrets = stale.map((secret) => `secret ${secret.name}`).join(', ');
    const held = stale.map(whyStale);
    const rollout = deployments.find(({ status }) => status === 'PRIMARY');
    const isUnderWay =
      rollout?.rolloutState === 'IN_PROGRESS' && stale.every(({ changedAt }) => rollout.createdAt! > changedAt);

    if (desiredCount === 0) decided.unchanged.push({ name, why: 'no task is to run: there is nothing to replace' });
    else if (stale.length === 0 && only) decided.unchanged.push({ name, why: 'its tasks hold what they should' });
    else if (stale.length > 0 && isUnderWay)
      decided.restarts.push({
        ...one,
        why: `a rollout that began after the change of ${secrets} is under way`,
        rollout: rollout.id!,
      });
    else decided.restarts.push({ ...one, why: held.length > 0 ? held.join('; ') : 'asked for' });
  }
  return decided;
}

function whyStale({ tasks, name: secret, changedAt, keys, gone = [] }: StaleSecret): string {
  const when = changedAt.toISOString();
  if (!keys) return `${tasks} ${tasks === 1 ? 'task is' : 'tasks are'} older than secret ${secret} (${when})`;
  const hold = `${tasks} ${tasks === 1 ? 'task holds' : 'tasks hold'}`;
  return [
    ...(keys.length > 0 ? [`${hold} the old value of ${keys.join(', ')} of secret ${secret} (changed ${when})`] : []),
    ...(gone.length > 0 ? [`${hold} ${gone.join(', ')}, which secret ${secret} no longer has (${when})`] : []),
  ].join('; ');
}
