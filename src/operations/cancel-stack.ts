import type { Aws } from '../aws/aws.ts';

/**
 * Asks CloudFormation to take back what is under way: an update is cancelled (only valid in UPDATE_IN_PROGRESS), a
 * first creation deleted. Anything else goes on by itself.
 */
export async function cancelStack(
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  stackName: string,
): Promise<'cancelled' | 'deleted' | 'nothing'> {
  const stack = await cloudFormation.stack(stackName);
  if (stack?.StackStatus === 'UPDATE_IN_PROGRESS') {
    await cloudFormation.cancelUpdate(stackName);
    return 'cancelled';
  }
  if (stack?.StackStatus === 'CREATE_IN_PROGRESS') {
    await cloudFormation.protect(stackName, false);
    await cloudFormation.deleteStack(stack.StackId!);
    return 'deleted';
  }
  return 'nothing';
}
