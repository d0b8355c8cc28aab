import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import { hasLogRole, hasPipelines, LOG_ROLE_ID, logRoleAlone } from '../../../infra/account-log-role.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { runChangeSet } from '../change-sets/run-change-set.ts';
import { type ApartRemoval, removeApart } from '../stacks/apart-stack.ts';
import { accountRefused, whyNotBrought } from './account-errors.ts';
import { accountStack, accountTemplateOf, findAccountStack, settledAccountStack } from './account-stack.ts';

/** The contract of `ci oidc --remove --json`. */
export type AccountRemoval = Omit<ApartRemoval, 'action'> & {
  /** `update`: the stack stays, with the role with which API Gateway writes logs. */
  action: ApartRemoval['action'] | 'update';
};

/**
 * Takes the roles of pipelines away. The provider stays, because other projects of the account may rely on it: it lets
 * nobody in by itself. So does the role with which every API of the account writes its logs. Safe to run again.
 */
export async function removeAccount(session: Session): Promise<AccountRemoval> {
  const { environment, flags, prompter, reporter, target } = session;
  const named = accountStack(session);
  const question = `Have pipelines deploy ${environment.name} (account ${target.account}) no more, and`;
  const found = await reporter.step('Looking at the account', (say) =>
    flags.dryRun ? findAccountStack(session) : settledAccountStack(session, say),
  );
  const standing = await accountTemplateOf(session, found);
  if (!standing || !hasLogRole(standing))
    return removeApart(session, named, (stackName) => `${question} delete ${stackName}?`);

  const { dryRun } = flags;
  const common = { environment: environment.name, account: target.account, stack: named.stackName, dryRun };
  if (!hasPipelines(standing)) return { ...common, action: 'none' };
  await prompter.ask({ text: `${question} take their roles out of ${named.stackName}?` });
  if (dryRun) return { ...common, action: 'update' };
  const ended = await reporter.step(`Taking the roles of pipelines out of ${named.stackName}`, (say) =>
    runChangeSet(
      session,
      named,
      {
        ChangeSetType: 'UPDATE',
        TemplateBody: JSON.stringify(logRoleAlone(standing)),
        Tags: found!.stack.Tags ?? [],
      },
      { say, object: changesLogRole },
    ),
  );
  const why = whyNotBrought(ended);
  if (why !== undefined)
    throw accountRefused(named.stackName, why, `platform ci oidc --remove ${environmentFlags(environment)}`);
  return { ...common, action: 'update' };
}

const changesLogRole = (changes: readonly ResourceChange[]): string | undefined =>
  changes.some(({ LogicalResourceId }) => LogicalResourceId === LOG_ROLE_ID)
    ? 'it would change the role with which API Gateway writes logs'
    : undefined;

export const removalText = ({ environment, stack, action, dryRun }: AccountRemoval): string => {
  if (action === 'none') return `No pipeline may deploy ${environment}: nothing was to be done`;
  const done = action === 'delete' ? 'deleted' : 'left with the role with which API Gateway writes logs, and no other';
  return `${stack} ${dryRun ? 'would be' : 'is'} ${done}; the account's provider for GitHub stays`;
};
