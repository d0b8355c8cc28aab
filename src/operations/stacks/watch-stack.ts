import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../../aws/aws.ts';
import type { Clock } from '../../context.ts';

/** Looks at a stack until nothing is under way; undefined when it is gone. Takes the stack's ARN to see a deletion end. */
export async function settledStack(
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  { clock, pollMs, signal }: { clock: Clock; pollMs: number; signal?: AbortSignal },
  stack: string,
  look: (status: string) => void = () => {},
): Promise<Stack | undefined> {
  for (;;) {
    const found = await cloudFormation.stack(stack);
    if (!found || found.StackStatus === 'DELETE_COMPLETE') return undefined;
    if (!found.StackStatus!.endsWith('_IN_PROGRESS') || found.StackStatus === 'REVIEW_IN_PROGRESS') return found;
    look(found.StackStatus!);
    await clock.sleep(pollMs, signal);
  }
}
