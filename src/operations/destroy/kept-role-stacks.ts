import { hasLogRole, hasPipelines } from '../../../infra/account-log-role.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { Retained } from '../../release/destroy-plan.ts';
import { findAccessStack } from '../access/access-stack.ts';
import { accountTemplateOf, findAccountStack } from '../ci/account-stack.ts';

/**
 * Stacks of roles that stand apart from releases. Never deleted by a destruction: whoever destroys may act with one of
 * these roles, and APIs of other environments write their logs with another.
 */
export async function keptRoleStacks(session: Session): Promise<Retained[]> {
  const [account, people] = await Promise.all([findAccountStack(session), findAccessStack(session)]);
  const template = await accountTemplateOf(session, account);
  // What was only ever looked at holds nothing, and is told all the same.
  const deploys = hasPipelines(template) || !hasLogRole(template);
  const reasons = [
    ...(deploys ? ['pipelines of this environment act with its roles'] : []),
    ...(hasLogRole(template) ? ['every API of the account writes its logs with a role in it'] : []),
  ];
  return [
    ...(account
      ? [kept(session, account.stackName, reasons.join(', and '), deploys ? 'ci oidc --remove' : undefined)]
      : []),
    ...(people
      ? [kept(session, people.stackName, 'people act in this environment with its roles', 'access remove')]
      : []),
  ];
}

const kept = (
  { clock, environment, target }: Session,
  stackName: string,
  reason: string,
  command: string | undefined,
): Retained => ({
  type: 'AWS::CloudFormation::Stack',
  id: stackName,
  reason,
  monthlyCost: 0,
  region: target.region,
  since: new Date(clock.now()).toISOString(),
  remove: command === undefined ? null : `platform ${command} ${environmentFlags(environment)}`,
});
