import type { Session } from '../../context.ts';
import { removeStack } from '../destroy/remove-stack.ts';
import { findAccountStack } from './account-stack.ts';

/** The contract of `ci oidc --remove --json`. */
export interface AccountRemoval {
  environment: string;
  account: string;
  /** Null where there is none. */
  stack: string | null;
  action: 'delete' | 'none';
  dryRun: boolean;
}

/**
 * Takes the roles of pipelines away. The provider stays, because other projects of the account may rely on it: it lets
 * nobody in by itself. Safe to run again.
 */
export async function removeAccount(session: Session): Promise<AccountRemoval> {
  const { environment, flags, prompter, reporter, target } = session;
  const found = await findAccountStack(session);
  const common = {
    environment: environment.name,
    account: target.account,
    stack: found?.stackName ?? null,
    dryRun: flags.dryRun,
  };
  if (!found) return { ...common, action: 'none' };
  await prompter.ask({
    text: `Have pipelines deploy ${environment.name} (account ${target.account}) no more, and delete ${found.stackName}?`,
  });
  if (flags.dryRun) return { ...common, action: 'delete' };
  await reporter.step(`Deleting ${found.stackName}`, (say) =>
    removeStack(
      session,
      {
        id: found.id,
        arn: found.stack.StackId!,
        stackName: found.stackName,
        region: found.region,
        terminationProtection: found.stack.EnableTerminationProtection ?? false,
      },
      say,
    ),
  );
  return { ...common, action: 'delete' };
}

export const removalText = ({ environment, stack, action, dryRun }: AccountRemoval): string => {
  if (action === 'none') return `No pipeline may deploy ${environment}: nothing was to be done`;
  return `${stack} ${dryRun ? 'would be' : 'is'} deleted; the account's provider for GitHub stays`;
};
