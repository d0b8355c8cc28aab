import type { StackEvent } from '@aws-sdk/client-cloudformation';
import type { Aws } from '../aws/aws.ts';
import { rootFailure } from '../domain/root-failure.ts';
import { ENDS_EVERYTHING, PlatformError } from '../errors/platform-error.ts';

/** The first thing that went wrong in a stack's newest operation, as a sentence; undefined when its events do not say. */
export async function causeOf(
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  stack: string,
): Promise<string | undefined> {
  const root = await rootOf(cloudFormation, stack);
  return (
    root &&
    `${root.LogicalResourceId} (${root.ResourceType}) failed: ${root.ResourceStatusReason ?? root.ResourceStatus}`
  );
}

async function rootOf(cloudFormation: Aws['cloudFormation'], stack: string): Promise<StackEvent | undefined> {
  return rootFailure(
    await cloudFormation
      .events(stack, { limit: 200 })
      .catch((error: unknown): StackEvent[] => (endsEverything(error) ? raise(error) : [])),
  );
}

const endsEverything = (error: unknown): error is PlatformError =>
  error instanceof PlatformError && ENDS_EVERYTHING.includes(error.id);

function raise(error: unknown): never {
  throw error;
}

/** An error that names the first thing that went wrong in a stack's last operation, as CloudFormation tells it. */
export async function stackFailure(
  { cloudFormation }: Pick<Aws, 'cloudFormation'>,
  { stackName, environment, cause }: { stackName: string; environment: string; cause?: Error },
): Promise<PlatformError> {
  if (endsEverything(cause)) return cause;
  const root = await rootOf(cloudFormation, stackName);
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
