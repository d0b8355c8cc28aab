import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { rootFailure } from '../../domain/root-failure.ts';
import { stateOf } from '../state-of.ts';
import { findStacks } from './named-stacks.ts';
import { stackMissing } from './stack-missing.ts';

export interface EventsInput {
  limit: number;
  /** Id or name of one stack. */
  stack?: string;
}

/** The contract of `events --json`: newest first. */
export interface EventsOutcome {
  environment: string;
  /** Per stack whose newest operation failed: the first thing that went wrong in it (F-04). */
  rootCauses: StackEventLine[];
  events: StackEventLine[];
}

export interface StackEventLine {
  /** ISO 8601. */
  time: string;
  stack: string;
  id: string;
  type: string;
  status: string;
  reason: string | null;
}

/** How far back a root cause is looked for in one stack. */
const LOOK_BACK = 500;

export async function events(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  { limit, stack }: EventsInput,
): Promise<EventsOutcome> {
  const { state } = await stateOf(session);
  const found = await findStacks(session, state);
  const chosen = stack === undefined ? found : found.filter((one) => one.id === stack || one.stackName === stack);
  if (stack !== undefined && chosen.length === 0)
    throw stackMissing(
      stack,
      session.environment.name,
      found.map(({ id }) => id),
    );

  const read = await Promise.all(
    chosen.map(async ({ stackName, region, stack: { StackStatus = '' } }) => {
      const failed = /FAILED|ROLLBACK/.test(StackStatus);
      const own = await session.aws
        .in(region)
        .cloudFormation.events(stackName, { limit: failed ? Math.max(limit, LOOK_BACK) : limit });
      return { own, root: failed ? rootFailure(own) : undefined };
    }),
  );
  return {
    environment: session.environment.name,
    rootCauses: read.flatMap(({ root }) => (root ? [lineOf(root)] : [])),
    events: read
      .flatMap(({ own }) => own.map(lineOf))
      .sort((a, b) => b.time.localeCompare(a.time))
      .slice(0, limit),
  };
}

const lineOf = (event: StackEvent): StackEventLine => ({
  time: event.Timestamp!.toISOString(),
  stack: event.StackName!,
  id: event.LogicalResourceId ?? '',
  type: event.ResourceType ?? '',
  status: event.ResourceStatus ?? '',
  reason: event.ResourceStatusReason ?? null,
});
