import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Session } from '../../context.ts';
import { type FailedResource, failedResources } from '../../domain/recovery/failed-resources.ts';
import { hurdleOf } from '../../domain/recovery/hurdle.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { removeStack } from './remove-stack.ts';

type Powers = Pick<Session, 'aws' | 'clock' | 'environment' | 'prompter' | 'target' | 'signal'>;

/** On AWS we look every two seconds; where time runs faster, waits are as much shorter as looks are. */
const AWS_POLL_MS = 2_000;
/** Lambda lets go of its interfaces within 20 minutes or so, mostly sooner. */
const PATIENCE_MS = 40 * 60_000;
const LOOK_MS = 15_000;

/**
 * Deletes a stack, and tries again as long as all that kept it from going is something that passes (F-138, F-96):
 * network interfaces that their service still has to let go of, a name that is kept for a minute. Detached interfaces of
 * Lambda functions, which nobody would ever take away, are deleted after a yes.
 */
export async function removePatiently(
  session: Powers,
  stack: { arn: string; stackName: string; region: string; terminationProtection: boolean },
  say: (detail: string) => void,
): Promise<void> {
  const { aws, clock, target } = session;
  const scale = Math.min(1, target.pollMs / AWS_POLL_MS);
  const until = clock.now() + PATIENCE_MS * scale;
  const { cloudFormation } = aws.in(stack.region).uninterrupted();
  let protectedStill = stack.terminationProtection;
  for (;;) {
    try {
      return await removeStack(session, { ...stack, terminationProtection: protectedStill }, say);
    } catch (error) {
      if (!(error instanceof PlatformError) || error.id !== 'stack-failed') throw error;
      protectedStill = false;
      const failed = failedResources('DELETE_FAILED', await cloudFormation.events(stack.arn));
      const passing = failed.length > 0 && failed.every((one) => hurdleOf(one).way === 'wait');
      if (!passing || clock.now() > until) throw error;
      if (!(await standsFree(session, stack.region, failed, { say, until, scale }))) throw error;
    }
  }
}

interface Patience {
  say: (detail: string) => void;
  until: number;
  scale: number;
}

/** Waits for what is in the way of these resources to go; false when it did not within its time. */
async function standsFree(
  session: Powers,
  region: string,
  failed: readonly FailedResource[],
  { say, until, scale }: Patience,
): Promise<boolean> {
  const { aws, clock, signal } = session;
  const { ec2 } = aws.in(region);
  const ground = failed.filter(({ type }) => /^AWS::EC2::(Subnet|SecurityGroup|VPC)$/.test(type));
  if (ground.length === 0) {
    const longest = Math.max(...failed.map((one) => hurdleOf(one).waitMs ?? 0));
    say(`waiting: ${hurdleOf(failed[0]!).why}`);
    await clock.sleep(longest * scale, signal);
    return true;
  }
  for (;;) {
    const standing = await ec2.interfacesIn(ground.map(({ physicalId }) => physicalId));
    if (standing.length === 0) return true;
    await removeDetached(session, region, standing.filter(isDetachedOfLambda));
    say(`waiting for ${standing.length} network interfaces: ${standing.map(named).join(', ')}`);
    if (clock.now() > until) return false;
    await clock.sleep(LOOK_MS * scale, signal);
  }
}

async function removeDetached({ aws, prompter }: Powers, region: string, detached: readonly NetworkInterface[]) {
  if (detached.length === 0) return;
  await prompter.ask({ text: `Delete ${detached.map(named).join(', ')}, which nothing uses any more?` });
  for (const { NetworkInterfaceId } of detached) await aws.in(region).ec2.deleteInterface(NetworkInterfaceId!);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html: Lambda describes its own so. */
const isDetachedOfLambda = ({ Status, Description = '' }: NetworkInterface): boolean =>
  Status === 'available' && Description.startsWith('AWS Lambda VPC ENI');

const named = ({ NetworkInterfaceId, Description, Status }: NetworkInterface): string =>
  `${NetworkInterfaceId} (${[Description, Status].filter(Boolean).join(', ')})`;
