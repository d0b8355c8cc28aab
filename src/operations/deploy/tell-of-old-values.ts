import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { deployedServices } from '../services/deployed-services.ts';
import { staleTasks } from '../services/stale-tasks.ts';
import type { StateAccess } from '../state-of.ts';

/**
 * No template knows the value of a secret: a deployment finds nothing to do, although people have changed one and expect
 * it to arrive (F-14). Said where a deployment changes nothing; a look that fails says nothing.
 */
export async function tellOfOldValues(session: Session, { state }: Pick<StateAccess, 'state'>): Promise<void> {
  const { environment, reporter } = session;
  try {
    const services = (await deployedServices(session, state)).filter(({ service }) => (service.desiredCount ?? 0) > 0);
    for (const { name, stale } of await staleTasks(session, services))
      for (const { name: secret, tasks, keys, gone } of stale) {
        if (gone) continue;
        const what = keys ? `the old value of ${keys.join(', ')} of ${secret}` : `values older than ${secret}`;
        reporter.note(
          `Values of secrets are in no template, so there was nothing to deploy (F-14): ${tasks} ${tasks === 1 ? 'task' : 'tasks'} of ${name} still ${tasks === 1 ? 'holds' : 'hold'} ${what}. platform redeploy ${name} ${environmentFlags(environment)} replaces ${tasks === 1 ? 'it' : 'them'}`,
        );
      }
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    reporter.debug(`whether tasks hold old values was not seen: ${error.message}`);
  }
}
