import { accessTemplate } from '../../../infra/access-template.ts';
import type { Session } from '../../context.ts';
import { accessSettings, accessStackName } from '../../release/access-settings.ts';
import { iamPolicies } from '../project/iam-policies.ts';
import { findApart } from '../stacks/apart-stack.ts';
import type { NamedStack } from '../stacks/live-stacks.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';

/** The stack of people: no release has it, and no deployment touches it. */
export const ACCESS = 'access';

export const accessStack = ({ environment, target }: Pick<Session, 'environment' | 'target'>): NamedStack => ({
  id: ACCESS,
  stackName: accessStackName(environment),
  account: target.account,
  region: target.region,
});

/** Undefined where `access apply` has not made it. */
export const findAccessStack = (
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
): Promise<FoundStack | undefined> => findApart(session, accessStack(session));

/** The template that the configuration asks for, with the rights that `doctor --policy` prints. */
export async function wantedAccess(session: Session): Promise<ReturnType<typeof accessTemplate>> {
  const { environment, target } = session;
  const policies = (await iamPolicies(session)).map(({ id, policy }) => ({
    id,
    statements: JSON.parse(JSON.stringify(policy.Statement).replaceAll('<account>', target.account)) as object[],
  }));
  return accessTemplate(accessSettings(environment, { account: target.account, policies }));
}
