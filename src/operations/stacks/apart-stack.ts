import type { Session } from '../../context.ts';
import { removeStack } from '../destroy/remove-stack.ts';
import type { NamedStack } from './live-stacks.ts';
import type { FoundStack } from './named-stacks.ts';

/** What became of a stack that stands apart from releases. */
export interface ApartRemoval {
  environment: string;
  account: string;
  /** Null where there is none. */
  stack: string | null;
  action: 'delete' | 'none';
  dryRun: boolean;
}

/** A stack that stands apart: no release has it, and no deployment touches it. Undefined where nobody has made it. */
export async function findApart({ aws }: Pick<Session, 'aws'>, named: NamedStack): Promise<FoundStack | undefined> {
  const stack = await aws.in(named.region).cloudFormation.stack(named.stackName);
  return stack && { ...named, stack };
}

/** Deletes it after a yes to the question. Safe to run again. */
export async function removeApart(
  session: Session,
  named: NamedStack,
  question: (stackName: string) => string,
): Promise<ApartRemoval> {
  const { environment, flags, prompter, reporter, target } = session;
  const found = await findApart(session, named);
  const common = {
    environment: environment.name,
    account: target.account,
    stack: found?.stackName ?? null,
    dryRun: flags.dryRun,
  };
  if (!found) return { ...common, action: 'none' };
  await prompter.ask({ text: question(found.stackName) });
  if (flags.dryRun) return { ...common, action: 'delete' };
  const { id, stackName, region, stack } = found;
  const terminationProtection = stack.EnableTerminationProtection ?? false;
  await reporter.step(`Deleting ${stackName}`, (say) =>
    removeStack(session, { id, arn: stack.StackId!, stackName, region, terminationProtection }, say),
  );
  return { ...common, action: 'delete' };
}
