import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../aws/aws.ts';
import { rootFailure } from '../domain/root-failure.ts';
import { PlatformError } from '../errors/platform-error.ts';

/** An error that names the first thing that went wrong in a stack's last operation, as CloudFormation tells it. */
export async function stackFailure(
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  { stackName, environment, cause }: { stackName: string; environment: string; cause?: Error },
): Promise<PlatformError> {
  const events = await cloudFormation.events(stackName, { limit: 200 }).catch((): StackEvent[] => []);
  const root = rootFailure(events);
  const remedy = `platform events --env ${environment} shows what happened before; mend the cause and deploy again`;
  if (!root) {
    return new PlatformError({
      id: 'stack-failed',
      kind: 'failed',
      message: `Stack ${stackName} was not deployed: ${cause?.message ?? 'no reason was given'}`,
      remedy,
      cause,
    });
  }
  return new PlatformError({
    id: 'stack-failed',
    kind: 'failed',
    message: `${root.LogicalResourceId} (${root.ResourceType}) of stack ${stackName} failed: ${root.ResourceStatusReason ?? root.ResourceStatus}`,
    remedy,
    cause,
  });
}
