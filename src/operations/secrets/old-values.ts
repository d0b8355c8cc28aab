import type { Session } from '../../context.ts';
import { deployedServices } from '../services/deployed-services.ts';
import { staleTasks } from '../services/stale-tasks.ts';
import { stateOf } from '../state-of.ts';

/** A service whose tasks were started with values that have changed since (F-94). */
export interface OldValue {
  service: string;
  secretName: string;
  /** Keys that the service is given and whose values are others now; empty when nobody can tell which. */
  keys: string[];
  /** How many tasks. */
  tasks: number;
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** Which running tasks hold old values of these secrets. */
export async function oldValues(session: Powers, secretNames: readonly string[]): Promise<OldValue[]> {
  const { state } = await stateOf(session);
  const services = await staleTasks(session, await deployedServices(session, state));
  return services.flatMap(({ name: service, stale }) =>
    stale
      .filter(({ name }) => secretNames.includes(name))
      .map(({ name, keys = [], tasks }) => ({ service, secretName: name, keys, tasks })),
  );
}
