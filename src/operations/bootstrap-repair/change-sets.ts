import type { CreateChangeSetCommandInput } from '@aws-sdk/client-cloudformation';
import type { Session } from '../../context.ts';
import { waitFor } from '../wait-for.ts';
import { settledStack } from '../watch-stack.ts';

const NAME = 'platform-bootstrap-repair';
const READY_MS = 15 * 60_000;

/** `unchanged`: CloudFormation sees nothing to do; `refused` with its own reason. */
export type ChangeSetEnd = { end: 'done'; status: string } | { end: 'unchanged' } | { end: 'refused'; reason: string };

/**
 * Makes a change set of the bootstrap stack, executes it and watches it to its end. One that an interrupted repair has
 * left is made anew: what it was for may have changed.
 */
export async function runChangeSet(
  { aws, clock, target }: Pick<Session, 'aws' | 'clock' | 'target'>,
  { region, stackName }: { region: string; stackName: string },
  input: Omit<CreateChangeSetCommandInput, 'ChangeSetName' | 'StackName' | 'Capabilities'>,
  say: (status: string) => void,
): Promise<ChangeSetEnd> {
  const regional = aws.in(region).uninterrupted();
  const { cloudFormation } = regional;
  await cloudFormation.deleteChangeSet(stackName, NAME);
  const { changeSetArn, stackArn } = await cloudFormation.createChangeSet({
    ...input,
    StackName: stackName,
    ChangeSetName: NAME,
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
  await cloudFormation.executeChangeSet(stackArn, changeSetArn);
  const ended = await settledStack(regional, { clock, pollMs: target.pollMs }, stackArn, say);
  return { end: 'done', status: ended?.StackStatus ?? 'DELETE_COMPLETE' };
}

/** There is no code for it: the sentences of CreateChangeSet and of UpdateStack. */
const saysNoChange = (reason: string): boolean => /didn't contain changes|No updates are to be performed/.test(reason);
