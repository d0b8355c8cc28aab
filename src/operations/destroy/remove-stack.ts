import type { Session } from '../../context.ts';
import { stackFailure } from '../stacks/stack-failure.ts';
import { settledStack } from '../stacks/watch-stack.ts';

/** Deletes a stack and waits until it is gone. What had to be asked was asked before. Throws `stack-failed`. */
export async function removeStack(
  { aws, clock, environment, target }: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
  stack: { id?: string; arn: string; stackName: string; region: string; terminationProtection: boolean },
  look?: (status: string) => void,
): Promise<void> {
  // A deletion that has begun goes on in AWS whatever happens here, so it is watched to its end.
  const regional = aws.in(stack.region).uninterrupted();
  if (stack.terminationProtection) await regional.cloudFormation.protect(stack.stackName, false);
  await regional.cloudFormation.deleteStack(stack.arn);
  const left = await settledStack(regional, { clock, pollMs: target.pollMs }, stack.arn, look);
  if (left)
    throw await stackFailure(
      { aws: regional, clock, environment },
      {
        id: stack.id ?? stack.stackName,
        stackName: stack.arn,
      },
    );
}
