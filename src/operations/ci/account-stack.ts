import type { Session } from '../../context.ts';
import { accountStackName } from '../../release/account-settings.ts';
import { findApart } from '../stacks/apart-stack.ts';
import type { NamedStack } from '../stacks/live-stacks.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';

/** The stack of pipelines: no release has it, and no deployment touches it. */
export const ACCOUNT = 'account';

export const accountStack = ({ environment, target }: Pick<Session, 'environment' | 'target'>): NamedStack => ({
  id: ACCOUNT,
  stackName: accountStackName(environment),
  account: target.account,
  region: target.region,
});

/** Undefined where `ci oidc` has not made it. */
export const findAccountStack = (
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
): Promise<FoundStack | undefined> => findApart(session, accountStack(session));
