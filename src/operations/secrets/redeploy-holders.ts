import type { Session } from '../../context.ts';
import { type RedeployOutcome, redeploy } from '../services/redeploy.ts';
import type { OldValue } from './old-values.ts';

const FOR_MS = 15 * 60_000;

/**
 * Fresh tasks for the services that hold old values, and for no other: with `--redeploy`, or when a person at a terminal
 * takes the offer (F-94). Undefined when nothing is to be replaced.
 */
export async function redeployHolders(
  session: Session,
  held: readonly OldValue[],
  { agreed }: { agreed: boolean },
): Promise<RedeployOutcome | undefined> {
  const services = [...new Set(held.map(({ service }) => service))];
  if (session.flags.dryRun) {
    if (agreed) session.reporter.note('would then replace the tasks that hold old values, and prove the fresh ones');
    return undefined;
  }
  if (services.length === 0) return undefined;
  const text = `${services.join(', ')} ${services.length === 1 ? 'runs' : 'run'} with old values. Replace the tasks by fresh ones now?`;
  if (!agreed && !(await session.prompter.offer({ text, flag: '--redeploy' }))) return undefined;
  return redeploy(session, { services, only: false, wait: true, forMs: FOR_MS, agreed: true });
}
