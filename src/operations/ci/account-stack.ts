import type { AccountTemplate } from '../../../infra/account-log-role.ts';
import type { Session } from '../../context.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import { accountStackName } from '../../release/account-settings.ts';
import { findApart } from '../stacks/apart-stack.ts';
import type { NamedStack } from '../stacks/live-stacks.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import { settledStack } from '../stacks/watch-stack.ts';

/** The stack of pipelines, and of the role for API Gateway's logs: no release has it. */
export const ACCOUNT = 'account';

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

export const accountStack = ({ environment, target }: Pick<Powers, 'environment' | 'target'>): NamedStack => ({
  id: ACCOUNT,
  stackName: accountStackName(environment),
  account: target.account,
  region: target.region,
});

/** Undefined where neither `ci oidc` nor `deploy` has made it. */
export const findAccountStack = (session: Powers): Promise<FoundStack | undefined> =>
  findApart(session, accountStack(session));

/** The same once nothing is under way in it, as after a run that was cut off. */
export async function settledAccountStack(
  session: Powers & Pick<Session, 'clock' | 'signal'>,
  say: (status: string) => void,
): Promise<FoundStack | undefined> {
  const { aws, clock, signal, target } = session;
  const found = await findAccountStack(session);
  const { StackId, StackStatus = '' } = found?.stack ?? {};
  if (!found || !StackStatus.endsWith('_IN_PROGRESS')) return found;
  await settledStack(aws.in(found.region), { clock, pollMs: target.pollMs, signal }, StackId!, say);
  return findAccountStack(session);
}

/** What stands in it; undefined where it is not there, or was only ever looked at. */
export async function accountTemplateOf(
  { aws }: Pick<Powers, 'aws'>,
  found: FoundStack | undefined,
): Promise<AccountTemplate | undefined> {
  if (!found || found.stack.StackStatus === 'REVIEW_IN_PROGRESS') return undefined;
  const text = await aws.in(found.region).cloudFormation.template(found.stackName);
  const { Description = '', Resources = {}, Outputs = {} } = (parsedJson(text ?? '') ?? {}) as Partial<AccountTemplate>;
  return { Description, Resources, Outputs };
}
