import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { inLine, runChangeSet } from '../run-change-set.ts';
import { causeOf } from '../stack-failure.ts';

/**
 * Makes resources again that were deleted behind a stack's back, by a drift-aware change set. It would also change back
 * whatever else differs from the template, so one that is going to do that is not executed.
 */
export async function restoreLost(
  session: Session,
  { region, stackName, lost }: { region: string; stackName: string; lost: readonly string[] },
): Promise<void> {
  const { aws, reporter } = session;
  const regional = aws.in(region);
  const stack = await regional.cloudFormation.stack(stackName);
  const object = (changes: readonly ResourceChange[]): string | undefined => {
    const more = changes.filter((change) => !belongs(change, lost)).map(({ LogicalResourceId }) => LogicalResourceId);
    return more.length === 0
      ? undefined
      : `the same change set would change ${more.join(', ')}, which is not as the template says either`;
  };
  const end = await reporter.step(`Making ${lost.join(', ')} of ${stackName} again`, (say) =>
    runChangeSet(session, { region, stackName }, inLine(stack?.Parameters ?? []), { say, object }),
  );
  if (end.end === 'done' && end.status === 'UPDATE_COMPLETE') return;
  const why =
    end.end === 'refused'
      ? end.reason
      : end.end === 'unchanged'
        ? 'CloudFormation sees nothing to do'
        : ((await causeOf(regional, stackName)) ?? end.status);
  throw notRestored(stackName, lost, why);
}

/** What is made again, and what only stands on it. */
const belongs = (
  { Action, LogicalResourceId, ResourceDriftStatus }: ResourceChange,
  lost: readonly string[],
): boolean =>
  Action === 'Add'
    ? lost.includes(LogicalResourceId!)
    : Action === 'SyncWithActual' || (Action === 'Modify' && ResourceDriftStatus !== 'MODIFIED');

const notRestored = (stackName: string, lost: readonly string[], why: string) =>
  new PlatformError({
    id: 'recover-not-restored',
    kind: 'failed',
    message: `${lost.join(', ')} of ${stackName} was not made again: ${why}`,
    remedy:
      'bring the rest in line with the configuration, or the configuration in line with it, then run platform recover again',
  });
