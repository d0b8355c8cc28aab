import type { Session } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Tree } from '../io/reporter.ts';
import { type ChangeSetEntry, unapproved } from '../release/change-guard.ts';
import type { PlannedStack } from '../release/plan.ts';
import { cancelStack } from './cancel-stack.ts';
import { removeStack } from './remove-stack.ts';
import { resourceRow } from './resource-row.ts';
import { stackFailure } from './stack-failure.ts';

type Powers = Pick<Session, 'aws' | 'cdk' | 'clock' | 'environment' | 'target' | 'signal'>;

export interface ApplyInput {
  stack: PlannedStack;
  /** The cloud assembly. */
  directory: string;
  toolkitStackName?: string;
  /** Every parameter's value, producers' outputs included. */
  parameters: Record<string, string>;
  /** Logical ids whose loss was approved by name. */
  approved: ReadonlySet<string>;
  changeSetName: string;
  tree: Tree;
}

export interface AppliedStack {
  action: 'create' | 'update' | 'recreate' | 'none';
  outputs: Record<string, string>;
  /** From the start of the change set's execution to its end, in real milliseconds since 1970: AWS's share of the time. */
  waited?: { from: number; to: number };
}

/** Brings one stack to what the plan says, or throws with the first thing that failed in it. */
export async function applyStack(session: Powers, input: ApplyInput): Promise<AppliedStack> {
  const { aws, cdk, clock, environment, target, signal } = session;
  const { stack, parameters, approved, changeSetName, tree } = input;
  const regional = aws.in(stack.region);
  const row = (state: 'running' | 'done' | 'failed', detail?: string) =>
    tree.row(stack.id, { title: stack.id, state, ...(detail ? { detail } : {}) });

  signal.throwIfAborted();
  row('running');
  await clearTheWay(session, stack, (status) => row('running', status));

  let startedAt: number | undefined;
  let refused: ChangeSetEntry[] = [];
  const stop = () => void cancelStack(regional.uninterrupted(), stack.stackName).catch(() => undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answer = await cdk.deployStack({
      directory: input.directory,
      stackId: stack.id,
      stackName: stack.stackName,
      parameters,
      changeSetName,
      ...(input.toolkitStackName ? { toolkitStackName: input.toolkitStackName } : {}),
      pollMs: target.pollMs,
      approve: async () => {
        signal.throwIfAborted();
        const changeSet = await regional.cloudFormation.changeSet(stack.stackName, changeSetName);
        refused = unapproved(
          (changeSet?.Changes ?? []).map(({ ResourceChange }) => ResourceChange ?? {}),
          approved,
        );
        startedAt = clock.now();
        return refused.length === 0;
      },
      onProgress: (progress) => {
        const count = progress.total ? { progress: `${progress.completed ?? 0}/${progress.total}` } : {};
        tree.row(stack.id, { title: stack.id, state: 'running', ...count });
        resourceRow(tree, stack, progress);
      },
    });
    if (!answer.ok) {
      row('failed');
      if (refused.length > 0) throw unapprovedChange(stack, refused, environment.name);
      if (signal.aborted) throw cancelled(stack.stackName);
      throw await stackFailure(regional.uninterrupted(), {
        stackName: stack.stackName,
        environment: environment.name,
        cause: answer.error,
      });
    }
    row('done');
    return {
      action: answer.stack.noOp
        ? 'none'
        : stack.action === 'recreate'
          ? 'recreate'
          : stack.live && stack.handling.action === 'update'
            ? 'update'
            : 'create',
      outputs: answer.stack.outputs,
      ...(startedAt === undefined ? {} : { waited: { from: startedAt, to: clock.now() } }),
    };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Removes what was approved to be removed before the stack can be made. */
async function clearTheWay(
  session: Powers,
  { handling, live, stackName, region }: PlannedStack,
  look: (status: string) => void,
): Promise<void> {
  if (!live) return;
  if (handling.action === 'recreate' || handling.action === 'discard' || handling.action === 'finish-delete')
    await removeStack(session, { ...live, stackName, region }, look);
}

const unapprovedChange = (stack: PlannedStack, entries: readonly ChangeSetEntry[], environment: string) =>
  new PlatformError({
    id: 'change-not-approved',
    kind: 'failed',
    message: `The change set of ${stack.stackName} would replace or remove ${entries.map(({ LogicalResourceId, ResourceType }) => `${LogicalResourceId} (${ResourceType})`).join(', ')}, which the plan did not say; it was deleted and nothing was changed`,
    remedy: `platform diff --env ${environment}`,
  });

const cancelled = (stackName: string) =>
  new PlatformError({
    id: 'deploy-cancelled',
    kind: 'failed',
    message: `The deployment was cancelled; CloudFormation has taken ${stackName} back to what it was`,
    remedy: 'platform deploy starts again from where things are',
  });
