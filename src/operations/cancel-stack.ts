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

export interface Cancellation {
  /** Once more, where nothing was under way yet when it was tried. */
  retry(): void;
  /** No more of it. */
  end(): void;
}

/** Takes back what is under way in a stack as soon as the signal comes. Its calls are not cut off by that signal. */
export function cancelOnAbort(aws: Aws, stackName: string, signal: AbortSignal): Cancellation {
  const patient = aws.uninterrupted();
  let trying = false;
  let done = false;
  const cancel = async () => {
    if (trying || done || !signal.aborted) return;
    trying = true;
    // Refused where the operation has just ended by itself: then there is nothing to take back.
    done = (await cancelStack(patient, stackName).catch(() => 'nothing')) !== 'nothing';
    trying = false;
  };
  const listener = () => void cancel();
  signal.addEventListener('abort', listener, { once: true });
  return { retry: listener, end: () => signal.removeEventListener('abort', listener) };
}
