import type { Session } from '../../context.ts';
import { shellText } from '../../domain/shell-words.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type RunOutcome, runInService } from '../tasks/run-in-service.ts';
import type { ExecLink } from './exec-chain.ts';
import { redeploy } from './redeploy.ts';

const REDEPLOY_MS = 30 * 60_000;
const RUN_MS = 60 * 60_000;

/**
 * Tasks that are older than the switch are replaced when somebody agrees; true when they were. Whether the switch is on
 * is a matter of the configuration and of a deployment.
 */
export async function freshTasksInstead(
  session: Session,
  { service, link, switchedOn }: { service: string; link: ExecLink; switchedOn: boolean },
): Promise<boolean> {
  if (link.id !== 'enabled' || !switchedOn) return false;
  if (!(await agreed(session, `${service} lets nobody in: ${link.detail}. Give it fresh tasks now?`))) return false;
  if (session.flags.dryRun) return false;
  await redeploy(session, { services: [service], only: false, wait: true, forMs: REDEPLOY_MS, agreed: true });
  return true;
}

/** A command can do without a session, in a task of its own. Undefined when nobody agreed to that. */
export async function runInstead(
  session: Session,
  { service, link, command }: { service: string; link: ExecLink; command: readonly string[] },
): Promise<{ outcome: RunOutcome; failure?: PlatformError } | undefined> {
  const text = `No session can be opened in ${service}: ${link.detail}. Run ${shellText(command)} in a task of its own instead?`;
  if (!(await agreed(session, text))) return undefined;
  return runInService(session, { component: service, command, timeoutMs: RUN_MS });
}

/** Where nobody can be asked, the broken link is the answer; a no stays a no. */
async function agreed({ prompter }: Pick<Session, 'prompter'>, text: string): Promise<boolean> {
  try {
    await prompter.ask({ text });
    return true;
  } catch (error) {
    if (error instanceof PlatformError && error.id === 'nobody-to-ask') return false;
    throw error;
  }
}
