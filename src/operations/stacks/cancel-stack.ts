import type { Aws } from '../../aws/aws.ts';

/**
 * Asks CloudFormation to take back what is under way: an update is cancelled (only valid in UPDATE_IN_PROGRESS), a
 * first creation deleted. Anything else goes on by itself.
 */
export async function cancelStack(
  { cloudFormation, ecs }: Pick<Aws, 'cloudFormation' | 'ecs'>,
  stackName: string,
): Promise<'cancelled' | 'deleted' | 'nothing'> {
  const stack = await cloudFormation.stack(stackName);
  if (stack?.StackStatus === 'UPDATE_IN_PROGRESS') {
    // CloudFormation would wait for a rollout first that may never end by itself.
    await stopRollouts({ cloudFormation, ecs }, stackName).catch(() => undefined);
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

/**
 * Has ECS take back the rollouts of a stack's services; true when there were any. With `look`, only says so. CloudFormation
 * need not be at work: a rollout that `redeploy` began is none of a stack's.
 */
export async function stopRollouts(
  { cloudFormation, ecs }: Pick<Aws, 'cloudFormation' | 'ecs'>,
  stackName: string,
  { look = false } = {},
): Promise<boolean> {
  let found = false;
  for (const { ResourceType, PhysicalResourceId = '' } of await cloudFormation.resources(stackName)) {
    if (ResourceType !== 'AWS::ECS::Service') continue;
    const [, cluster = '', service = ''] = PhysicalResourceId.split('/');
    for (const { status, serviceDeploymentArn } of await ecs.deployments(cluster, service)) {
      if (status !== 'PENDING' && status !== 'IN_PROGRESS') continue;
      found = true;
      if (!look) await ecs.stopDeployment(serviceDeploymentArn!);
    }
  }
  return found;
}

/** From the request to its end; ECS takes its time to go back. */
const ROLLING = new Set(['PENDING', 'IN_PROGRESS', 'STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS']);

/** Whether services of a stack are between two sets of tasks, on the way there or back. */
export async function isRolling(
  { cloudFormation, ecs }: Pick<Aws, 'cloudFormation' | 'ecs'>,
  stackName: string,
): Promise<boolean> {
  for (const { ResourceType, PhysicalResourceId = '' } of await cloudFormation.resources(stackName)) {
    if (ResourceType !== 'AWS::ECS::Service') continue;
    const [, cluster = '', service = ''] = PhysicalResourceId.split('/');
    if ((await ecs.deployments(cluster, service)).some(({ status }) => ROLLING.has(status!))) return true;
  }
  return false;
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
