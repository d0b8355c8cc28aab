import type { Session } from '../../context.ts';
import { removeStack } from '../destroy/remove-stack.ts';
import { findAccessStack } from './access-stack.ts';

/** The contract of `access remove --json`. */
export interface AccessRemoval {
  environment: string;
  account: string;
  /** Null where there is none. */
  stack: string | null;
  action: 'delete' | 'none';
  dryRun: boolean;
}

/** Takes the roles of people away. Safe to run again. */
export async function removeAccess(session: Session): Promise<AccessRemoval> {
  const { environment, flags, prompter, reporter, target } = session;
  const found = await findAccessStack(session);
  const common = {
    environment: environment.name,
    account: target.account,
    stack: found?.stackName ?? null,
    dryRun: flags.dryRun,
  };
  if (!found) return { ...common, action: 'none' };
  await prompter.ask({
    text: `Have nobody act in ${environment.name} (account ${target.account}) by ${found.stackName} any more, and delete it?`,
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
