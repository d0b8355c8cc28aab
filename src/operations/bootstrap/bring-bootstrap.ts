import type { BootstrapInput as CdkBootstrapInput } from '../../cdk/cdk.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { rootFailure } from '../../domain/root-failure.ts';
import { PlatformError } from '../../errors/platform-error.ts';

/** Has the CDK make or update its bootstrap stack in one region; false when there was nothing to do. */
export async function bringBootstrap(
  { aws, cdk, environment, reporter, target }: Pick<Session, 'aws' | 'cdk' | 'environment' | 'reporter' | 'target'>,
  { region, stackName }: { region: string; stackName: string },
): Promise<boolean> {
  const { permissionsBoundary, qualifier } = environment.blocks.bootstrap;
  const answer = await reporter.step(`Bootstrapping ${region}`, (update) => {
    const input: CdkBootstrapInput = {
      account: target.account,
      region,
      stackName,
      qualifier,
      ...(permissionsBoundary ? { permissionsBoundary: policyName(permissionsBoundary) } : {}),
      onProgress: ({ logicalId, status }) => update(`${logicalId} ${status}`),
    };
    return cdk.bootstrap(input);
  });
  if (!answer.ok) throw await bootstrapFailed(aws.in(region), stackName, environmentFlags(environment), answer.error);
  return answer.changed;
}

/** The bootstrap template takes a policy's name where our configuration takes its ARN too. */
const policyName = (nameOrArn: string): string => nameOrArn.replace(/^arn:[^:]*:iam::[^:]*:policy\//, '');

async function bootstrapFailed(
  { cloudFormation, region }: Session['aws'],
  stackName: string,
  flags: string,
  cause: Error,
): Promise<PlatformError> {
  const root = rootFailure(await cloudFormation.events(stackName, { limit: 200 }).catch(() => []));
  return new PlatformError({
    id: 'bootstrap-failed',
    kind: 'failed',
    message: `${stackName} in ${region} was not brought up: ${root ? `${root.LogicalResourceId}: ${root.ResourceStatusReason}` : cause.message}`,
    remedy: `mend the cause, then platform bootstrap repair ${flags}: it takes over what an earlier bootstrap has left`,
    cause,
  });
}
