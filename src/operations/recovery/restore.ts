import type { ResourceChange } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { inLine, runChangeSet } from '../change-sets/run-change-set.ts';
import { causeOf } from '../stacks/stack-failure.ts';
import { tellTraffic } from '../traffic/tell-traffic.ts';

interface OutOfLine {
  id: string;
  region: string;
  stackName: string;
  /** What was deleted, and what was changed. */
  lost: readonly string[];
  changed: readonly string[];
}

/**
 * Makes resources again that were deleted behind a stack's back, and changes others back, by a drift-aware change set.
 * It would do so with whatever else differs from the template, so one that is going to do that is not executed.
 */
export async function bringInLine(
  session: Session,
  { id, region, stackName, lost, changed }: OutOfLine,
): Promise<void> {
  const { aws, reporter } = session;
  // What is brought in line is the rule too: it must say what ECS has made of it.
  await tellTraffic(session, { id, region, stackName });
  const regional = aws.in(region);
  const [stack, template] = await Promise.all([
    regional.cloudFormation.stack(stackName),
    regional.cloudFormation.template(stackName),
  ]);
  const awaited = [...lost, ...standingOn(template, lost)];
  const object = (changes: readonly ResourceChange[]): string | undefined => {
    const more = changes
      .filter((change) => !belongs(change, awaited, changed))
      .map(({ LogicalResourceId }) => LogicalResourceId);
    return more.length === 0
      ? undefined
      : `the same change set would change ${more.join(', ')}, which is not as the template says either`;
  };
  const title =
    lost.length > 0
      ? `Making ${lost.join(', ')} of ${stackName} again`
      : `Changing ${changed.join(', ')} of ${stackName} back`;
  const end = await reporter.step(title, (say) =>
    runChangeSet(session, { region, stackName }, inLine(stack?.Parameters ?? []), { say, object }),
  );
  if (end.end === 'done' && end.status === 'UPDATE_COMPLETE') {
    // A rule that is new has had its requests moved with it.
    await tellTraffic(session, { id, region, stackName });
    return;
  }
  const why =
    end.end === 'refused'
      ? end.reason
      : end.end === 'unchanged'
        ? 'CloudFormation sees nothing to do'
        : ((await causeOf(regional, stackName)) ?? end.status);
  throw notRestored(stackName, [...lost, ...changed], why);
}

/** What went with what is lost: the policy of a queue is gone with the queue, and is made again with it. */
function standingOn(template: string | undefined, lost: readonly string[]): string[] {
  const { Resources = {} } = (parsedJson(template ?? '') ?? {}) as { Resources?: Record<string, unknown> };
  return Object.entries(Resources)
    .filter(([, resource]) => lost.some((id) => refersTo(JSON.stringify(resource), id)))
    .map(([id]) => id);
}

const refersTo = (resource: string, id: string): boolean =>
  resource.includes(`{"Ref":"${id}"}`) || resource.includes(`{"Fn::GetAtt":["${id}",`);

/** What is made again, and what only stands on it; what is changed back where it stands. */
const belongs = (
  { Action, LogicalResourceId, Replacement, ResourceDriftStatus }: ResourceChange,
  awaited: readonly string[],
  changed: readonly string[],
): boolean =>
  Action === 'Add'
    ? awaited.includes(LogicalResourceId!)
    : Action === 'SyncWithActual' ||
      (Action === 'Modify' &&
        (ResourceDriftStatus !== 'MODIFIED' || (changed.includes(LogicalResourceId!) && Replacement !== 'True')));

const notRestored = (stackName: string, outOfLine: readonly string[], why: string) =>
  new PlatformError({
    id: 'recover-not-restored',
    kind: 'failed',
    message: `${outOfLine.join(', ')} of ${stackName} was not brought in line: ${why}`,
    remedy:
      'bring the rest in line with the configuration, or the configuration in line with it, then run platform recover again',
  });
