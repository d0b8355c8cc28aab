import type { Session } from '../../context.ts';
import { type ApartRemoval, removeApart } from '../stacks/apart-stack.ts';
import { accountStack } from './account-stack.ts';

/** The contract of `ci oidc --remove --json`. */
export type AccountRemoval = ApartRemoval;

/**
 * Takes the roles of pipelines away. The provider stays, because other projects of the account may rely on it: it lets
 * nobody in by itself. Safe to run again.
 */
export const removeAccount = (session: Session): Promise<AccountRemoval> =>
  removeApart(
    session,
    accountStack(session),
    (stackName) =>
      `Have pipelines deploy ${session.environment.name} (account ${session.target.account}) no more, and delete ${stackName}?`,
  );

export const removalText = ({ environment, stack, action, dryRun }: AccountRemoval): string => {
  if (action === 'none') return `No pipeline may deploy ${environment}: nothing was to be done`;
  return `${stack} ${dryRun ? 'would be' : 'is'} deleted; the account's provider for GitHub stays`;
};
