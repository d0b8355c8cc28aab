import type { Aws } from '../../aws/aws.ts';

/** Deletes a change set, and the shell of the stack that it would have made (F-02), where no other has a use for it. */
export async function discardChangeSet(
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  stackName: string,
  changeSetName: string,
): Promise<void> {
  await cloudFormation.deleteChangeSet(stackName, changeSetName);
  const shell = await cloudFormation.stack(stackName);
  if (shell?.StackStatus !== 'REVIEW_IN_PROGRESS') return;
  const others = await cloudFormation.changeSetNames(stackName);
  if (others.every((name) => name === changeSetName)) await cloudFormation.deleteStack(shell.StackId!);
}
