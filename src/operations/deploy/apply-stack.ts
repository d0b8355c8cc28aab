import type { ResourceProgress } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Tree } from '../../io/reporter.ts';
import { type ChangeSetEntry, unapproved } from '../../release/change-guard.ts';
import type { LedgerEntry } from '../../release/ledger.ts';
import { GOES_FIRST, type PlannedStack } from '../../release/plan.ts';
import { discardChangeSet } from '../change-sets/discard-change-set.ts';
import { removePlanned } from '../destroy/remove-planned.ts';
import { PARTS, thingId } from '../destroy/what-stays.ts';
import { rolloutStopped } from '../flight-recorder/rollout-stopped.ts';
import { type Flight, StackFlight } from '../flight-recorder/stack-flight.ts';
import { withTasks } from '../flight-recorder/with-tasks.ts';
import { cancelOnAbort } from '../stacks/cancel-stack.ts';
import { resourceRow } from '../stacks/resource-row.ts';
import { stackFailure } from '../stacks/stack-failure.ts';
import { settledStack } from '../stacks/watch-stack.ts';

type Powers = Pick<Session, 'aws' | 'cdk' | 'clock' | 'environment' | 'reporter' | 'target' | 'signal'>;

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
  /** The change set is there already, and is executed as it is. */
  made?: boolean;
  tree: Tree;
  /** Absent: nothing is recorded, and nobody judges whether waiting is of use. */
  flight?: Flight | undefined;
}

export interface AppliedStack {
  action: 'create' | 'update' | 'recreate' | 'none';
  outputs: Record<string, string>;
  /** What no stack has any more, and is there all the same. */
  left: LedgerEntry[];
  /** From the start of the change set's execution to its end, in real milliseconds since 1970: AWS's share of the time. */
  waited?: { from: number; to: number };
}

/** Brings one stack to what the plan says, or throws with the first thing that failed in it. */
export async function applyStack(session: Powers, input: ApplyInput): Promise<AppliedStack> {
  const { aws, cdk, clock, environment, reporter, target, signal } = session;
  const { stack, parameters, approved, changeSetName, tree } = input;
  const regional = aws.in(stack.region);
  const row = (state: 'running' | 'done' | 'failed', detail?: string) =>
    tree.row(stack.id, { title: stack.id, state, ...(detail ? { detail } : {}) });

  if (signal.aborted) throw cancelled(stack.stackName);
  row('running');
  if (!input.made && GOES_FIRST.has(stack.handling.action))
    await removePlanned(session, stack, (detail) => row('running', detail));

  let startedAt: number | undefined;
  let refused: ChangeSetEntry[] = [];
  const leftovers = new Map<string, ResourceProgress>();
  const recorder = input.flight?.recorder;
  const flight = input.flight && new StackFlight(session, { ...input.flight, stack, tree });
  const over = flight ? AbortSignal.any([signal, flight.hopeless]) : signal;
  const cancellation = cancelOnAbort(regional, stack.stackName, over);
  try {
    const answer = await cdk.deployStack({
      directory: input.directory,
      stackId: stack.id,
      stackName: stack.stackName,
      parameters,
      changeSetName,
      ...(input.made ? { step: 'execute' as const } : {}),
      ...(stack.takesOver ? { importExisting: true } : {}),
      ...(input.toolkitStackName ? { toolkitStackName: input.toolkitStackName } : {}),
      pollMs: target.pollMs,
      approve: async () => {
        if (signal.aborted) return false;
        const changeSet = await regional.cloudFormation.changeSet(stack.stackName, changeSetName);
        refused = unapproved(
          (changeSet?.Changes ?? []).map(({ ResourceChange }) => ResourceChange ?? {}),
          approved,
        );
        if (refused.length > 0) return false;
        await flight?.begin();
        startedAt = clock.now();
        return true;
      },
      onProgress: (progress) => {
        const count = progress.total ? { progress: `${progress.completed ?? 0}/${progress.total}` } : {};
        tree.row(stack.id, { title: stack.id, state: 'running', ...count });
        resourceRow(tree, stack, progress);
        flight?.saw(progress);
        cancellation.retry();
        if (STAYS.has(progress.status)) leftovers.set(progress.physicalId ?? progress.logicalId, progress);
      },
    });
    const findings = await flight?.end({ failed: !answer.ok });
    if (!answer.ok) {
      row('failed');
      if (startedAt === undefined && !input.made) await discardShell(regional.uninterrupted(), stack);
      if (input.made && refused.length > 0)
        await discardChangeSet(regional.uninterrupted(), stack.stackName, changeSetName);
      if (refused.length > 0) throw unapprovedChange(stack, refused, environment.name);
      if (signal.aborted) throw cancelled(stack.stackName, await restOf(session, stack));
      const state = async () => `${stack.stackName} ${await restOf(session, stack)}`;
      if (flight?.hopeless.aborted)
        throw rolloutStopped({
          ...findings!,
          state: await state(),
          run: recorder!.id,
          again: 'then this command again',
        });
      const failure = await stackFailure(
        { ...session, aws: regional.uninterrupted() },
        { id: stack.id, stackName: stack.stackName, service: serviceOf(stack), cause: answer.error },
      );
      throw findings?.sick ? withTasks(failure, { ...findings, state: await state(), run: recorder!.id }) : failure;
    }
    row('done');
    const left = [...leftovers.values()];
    tellOfLeftovers(
      reporter,
      stack,
      left.filter(({ status }) => status === 'DELETE_FAILED'),
    );
    return {
      action: answer.stack.noOp
        ? 'none'
        : stack.action === 'recreate'
          ? 'recreate'
          : stack.live && stack.handling.action === 'update'
            ? 'update'
            : 'create',
      outputs: answer.stack.outputs,
      left: left.flatMap((progress) => entryOf(stack, progress, clock.now())),
      ...(startedAt === undefined ? {} : { waited: { from: startedAt, to: clock.now() } }),
    };
  } finally {
    cancellation.end();
  }
}

const serviceOf = ({ id }: PlannedStack): string | undefined =>
  id.startsWith('service-') ? id.slice('service-'.length) : undefined;

/** A change set that was not executed leaves the shell of the stack that it would have made (F-02): ours, and empty. */
async function discardShell({ cloudFormation }: Session['aws'], { stackName }: PlannedStack): Promise<void> {
  const left = await cloudFormation.stack(stackName);
  if (left?.StackStatus === 'REVIEW_IN_PROGRESS') await cloudFormation.deleteStack(left.StackId!);
}

const STAYS = new Set(['DELETE_FAILED', 'DELETE_SKIPPED']);

/** For the ledger: no stack knows of it any more. */
function entryOf(
  { region }: PlannedStack,
  { physicalId, type, status, reason }: ResourceProgress,
  now: number,
): LedgerEntry[] {
  if (!physicalId || PARTS.has(type)) return [];
  const why =
    status === 'DELETE_SKIPPED' ? 'kept when it left its stack' : `could not be removed${reason ? `: ${reason}` : ''}`;
  return [{ type, id: thingId(type, physicalId), physicalId, region, since: new Date(now).toISOString(), reason: why }];
}

/** After three tries CloudFormation forgets what it could not remove, and calls the update complete (F-20). */
function tellOfLeftovers(
  reporter: Session['reporter'],
  { stackName }: PlannedStack,
  leftovers: readonly ResourceProgress[],
): void {
  for (const { logicalId, physicalId: id = logicalId, type, reason } of leftovers)
    reporter.warn(`${id} (${type}) of ${stackName} could not be removed and stays${reason ? `: ${reason}` : ''}`);
}

const unapprovedChange = (stack: PlannedStack, entries: readonly ChangeSetEntry[], environment: string) =>
  new PlatformError({
    id: 'change-not-approved',
    kind: 'failed',
    message: `The change set of ${stack.stackName} would replace or remove ${entries.map(({ LogicalResourceId, ResourceType }) => `${LogicalResourceId} (${ResourceType})`).join(', ')}, which the plan did not say; it was deleted and nothing was changed`,
    remedy: `platform diff --env ${environment}`,
  });

/** How the stack stands once everything in it has come to rest. */
async function restOf({ aws, clock, target }: Powers, { region, stackName }: PlannedStack): Promise<string> {
  const rest = await settledStack(aws.in(region).uninterrupted(), { clock, pollMs: target.pollMs }, stackName);
  return rest ? `is ${rest.StackStatus}` : 'is gone again';
}

const cancelled = (stackName: string, rest = 'was not touched') =>
  new PlatformError({
    id: 'deploy-cancelled',
    kind: 'failed',
    message: `Cancelled; ${stackName} ${rest}`,
    remedy: 'platform status shows how the others stand; platform deploy starts again from there',
  });
