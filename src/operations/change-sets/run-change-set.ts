import type { CreateChangeSetCommandInput, ResourceChange } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { settledStack } from '../stacks/watch-stack.ts';
import { waitFor } from '../wait-for.ts';

/** Whoever finds a change set of this name knows that an interrupted repair has left it. */
export const REPAIR_CHANGE_SET = 'platform-repair';
const READY_MS = 15 * 60_000;

/** `unchanged`: CloudFormation sees nothing to do; `refused` with its own reason. */
export type ChangeSetEnd = { end: 'done'; status: string } | { end: 'unchanged' } | { end: 'refused'; reason: string };

export interface Watched {
  say: (status: string) => void;
  /** Why it is not to be executed after all; absent: it is. */
  object?: (changes: readonly ResourceChange[]) => string | undefined;
}

/**
 * Makes a change set of a stack, executes it and watches it to its end. One that an interrupted repair has
 * left is made anew: what it was for may have changed.
 */
export async function runChangeSet(
  { aws, clock, target }: Pick<Session, 'aws' | 'clock' | 'target'>,
  { region, stackName }: { region: string; stackName: string },
  input: Omit<CreateChangeSetCommandInput, 'ChangeSetName' | 'StackName' | 'Capabilities'>,
  { say, object }: Watched,
): Promise<ChangeSetEnd> {
  const regional = aws.in(region).uninterrupted();
  const { cloudFormation } = regional;
  await cloudFormation.deleteChangeSet(stackName, REPAIR_CHANGE_SET);
  const { changeSetArn, stackArn } = await cloudFormation.createChangeSet({
    ...input,
    StackName: stackName,
    ChangeSetName: REPAIR_CHANGE_SET,
    Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
  });
  const ready = await waitFor({ clock, everyMs: target.pollMs, forMs: READY_MS }, async () => {
    const found = await cloudFormation.changeSet(stackArn, changeSetArn);
    return found?.Status?.endsWith('_COMPLETE') || found?.Status === 'FAILED' ? found : undefined;
  });
  const reason = ready?.StatusReason ?? 'it was not ready in time';
  if (ready?.Status !== 'CREATE_COMPLETE') {
    await cloudFormation.deleteChangeSet(stackArn, changeSetArn);
    return saysNoChange(reason) ? { end: 'unchanged' } : { end: 'refused', reason };
  }
  const objection = object?.((ready.Changes ?? []).map(({ ResourceChange }) => ResourceChange ?? {}));
  if (objection !== undefined) {
    await cloudFormation.deleteChangeSet(stackArn, changeSetArn);
    return { end: 'refused', reason: objection };
  }
  await cloudFormation.executeChangeSet(stackArn, changeSetArn);
  const ended = await settledStack(regional, { clock, pollMs: target.pollMs }, stackArn, say);
  return { end: 'done', status: ended?.StackStatus ?? 'DELETE_COMPLETE' };
}

/** There is no code for it: the sentences of CreateChangeSet and of UpdateStack. */
const saysNoChange = (reason: string): boolean => /didn't contain changes|No updates are to be performed/.test(reason);

/** What has a stack brought in line with its own template, and nothing else changed: parameters stay as they are. */
export const inLine = (parameters: readonly { ParameterKey?: string }[]) => ({
  ChangeSetType: 'UPDATE' as const,
  DeploymentMode: 'REVERT_DRIFT' as const,
  UsePreviousTemplate: true,
  Parameters: parameters.map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
});
