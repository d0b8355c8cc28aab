import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Approvals } from '../release/approvals.ts';

/**
 * Asks once for the whole plan, and for every loss of state by its name. An approved plan file answers both. Throws
 * `plan-refused` for what is never done by us.
 */
export async function approve(
  { environment, prompter, reporter, target }: Pick<Session, 'environment' | 'prompter' | 'reporter' | 'target'>,
  { refused, typed, remains }: Approvals,
  { bootstrap, preapproved }: { bootstrap: readonly string[]; preapproved: boolean },
): Promise<void> {
  if (refused.length > 0)
    throw groundReplaced(refused.map(({ stack, change }) => `${change.id} (${change.type}) of ${stack}`));
  for (const { stack, status, reason } of remains) {
    reporter.warn(`${stack} is ${status}${reason ? `: ${reason}` : ''}. It is deleted and made again`);
  }
  if (preapproved) return;
  for (const { name, text } of typed) await prompter.askTyped({ text, name });
  const first = bootstrap.length > 0 ? `Bootstrap ${bootstrap.join(', ')} and deploy` : 'Deploy';
  await prompter.ask({
    text: `${first} this to ${environment.name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region})?`,
  });
}

const groundReplaced = (resources: readonly string[]) =>
  new PlatformError({
    id: 'plan-refused',
    kind: 'failed',
    message: `The plan would replace ${resources.join(', ')}, and with it everything that stands there (F-12)`,
    remedy: 'take back the change of network (cidr, azs, subnetMask), or build a new environment beside this one',
  });
