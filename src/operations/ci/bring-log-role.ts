import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import { API_LOG_ROLE, hasLogRole, LOG_POLICY, LOG_ROLE_ID, withLogRole } from '../../../infra/account-log-role.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { runChangeSet } from '../change-sets/run-change-set.ts';
import { bringInLine } from '../recovery/restore.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import { causeOf } from '../stacks/stack-failure.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { accountRefused, accountStuck, STUCK, whyNotBrought } from './account-errors.ts';
import { accountStack, accountTemplateOf, settledAccountStack } from './account-stack.ts';

/** Nothing has ever stood in a stack that is so. */
const SHELL = /^(ROLLBACK_COMPLETE|REVIEW_IN_PROGRESS)$/;

type Say = (status: string) => void;

/**
 * Has the role stand in stack `account`, and what else stands there left as it is. A role of this name that is there
 * already, of another environment's stack or of none, is used as it is. Answers with its ARN. Safe to run again.
 */
export async function bringLogRole(session: Session): Promise<string> {
  const { aws, environment, reporter, target } = session;
  const named = accountStack(session);
  const again = `platform deploy ${environmentFlags(environment)}`;
  return reporter.step(`Bringing ${API_LOG_ROLE}`, async (say) => {
    const found = await withoutShell(session, say);
    const there = await aws.iam.role(API_LOG_ROLE);
    if (there) return complete(session, there.Arn!);

    const status = found?.stack.StackStatus ?? '';
    if (STUCK.test(status))
      throw accountStuck(named.stackName, status, { flags: environmentFlags(environment), again });
    const standing = await accountTemplateOf(session, found);
    if (hasLogRole(standing)) {
      await bringInLine(session, { ...named, lost: [LOG_ROLE_ID], changed: [] });
    } else {
      const ended = await runChangeSet(
        session,
        named,
        {
          ChangeSetType: standing ? 'UPDATE' : 'CREATE',
          TemplateBody: JSON.stringify(withLogRole(standing, environment.blocks.bootstrap.permissionsBoundary)),
          // Those that it has: others would go on to the roles of pipelines.
          Tags: standing ? (found!.stack.Tags ?? []) : tagsOf(environment.tags),
        },
        { say, object: changesOthers },
      );
      const why = whyNotBrought(ended);
      const cause = why === undefined ? undefined : await causeOf(aws.in(named.region), named.stackName);
      // Another environment of the account that is deployed at the same time may have made it first.
      if (why !== undefined) await withoutShell(session, say);
      if (why !== undefined && !(await aws.iam.role(API_LOG_ROLE)))
        throw accountRefused(named.stackName, ended.end === 'refused' ? why : (cause ?? why), again);
    }
    return `arn:${partitionOf(target.principal)}:iam::${target.account}:role/${API_LOG_ROLE}`;
  });
}

/** The stack at rest; what never stood is gone then. */
async function withoutShell(session: Session, say: Say): Promise<FoundStack | undefined> {
  const { aws, clock, target } = session;
  const found = await settledAccountStack(session, say);
  const { StackId, StackStatus = '' } = found?.stack ?? {};
  if (!found || !SHELL.test(StackStatus)) return found;
  const regional = aws.in(found.region).uninterrupted();
  await regional.cloudFormation.deleteStack(StackId!);
  await settledStack(regional, { clock, pollMs: target.pollMs }, StackId!, say);
  return undefined;
}

/** An earlier version made it in two steps, and may have been cut off between them. */
async function complete({ aws }: Session, arn: string): Promise<string> {
  const policy = `arn:${partitionOf(arn)}:${LOG_POLICY}`;
  if (!(await aws.iam.policiesOf(API_LOG_ROLE)).includes(policy)) await aws.iam.attachPolicy(API_LOG_ROLE, policy);
  return arn;
}

/** Made of a template that somebody has changed since it was read. */
function changesOthers(changes: readonly ResourceChange[]): string | undefined {
  const others = changes.map(({ LogicalResourceId }) => LogicalResourceId!).filter((id) => id !== LOG_ROLE_ID);
  return others.length === 0
    ? undefined
    : `it would change ${others.join(', ')} back, which somebody has changed meanwhile`;
}

const tagsOf = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

const partitionOf = (arn: string): string => arn.split(':')[1] ?? 'aws';
