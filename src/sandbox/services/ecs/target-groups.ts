import type {
  DescribeTargetGroupAttributesCommandOutput,
  DescribeTargetGroupsCommandOutput,
  DescribeTargetHealthCommandOutput,
  TargetGroup,
  TargetHealth,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { ask } from './neighbours.ts';

const ELB = 'elasticloadbalancing';
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html */
const DEFAULT_DEREGISTRATION_DELAY_SECONDS = 300;

export interface Target {
  targetGroupArn: string;
  address: string;
  port: number;
}

/** The target group, or undefined when there is none of that ARN. */
export async function targetGroupOf(scope: Scope, targetGroupArn: string): Promise<TargetGroup | undefined> {
  const answer = await unlessGone(
    ask<DescribeTargetGroupsCommandOutput>(scope, ELB, 'DescribeTargetGroups', { TargetGroupArns: [targetGroupArn] }),
  );
  return answer?.TargetGroups?.[0];
}

/** A group that is gone takes no targets; the task runs on without. */
export async function registerTarget(scope: Scope, { targetGroupArn, address, port }: Target): Promise<void> {
  const Targets = [{ Id: address, Port: port }];
  await unlessGone(ask(scope, ELB, 'RegisterTargets', { TargetGroupArn: targetGroupArn, Targets }));
}

/** A group that is gone has nothing to deregister from. */
export async function deregisterTarget(scope: Scope, { targetGroupArn, address, port }: Target): Promise<void> {
  const Targets = [{ Id: address, Port: port }];
  await unlessGone(ask(scope, ELB, 'DeregisterTargets', { TargetGroupArn: targetGroupArn, Targets }));
}

/** What the load balancer thinks of the target; undefined when its group is gone. */
export async function targetHealthOf(
  scope: Scope,
  { targetGroupArn, address, port }: Target,
): Promise<TargetHealth | undefined> {
  const Targets = [{ Id: address, Port: port }];
  const input = { TargetGroupArn: targetGroupArn, Targets };
  const answer = await unlessGone(ask<DescribeTargetHealthCommandOutput>(scope, ELB, 'DescribeTargetHealth', input));
  return answer?.TargetHealthDescriptions?.[0]?.TargetHealth;
}

/** How long a target drains before its task may be stopped, in milliseconds. */
export async function deregistrationDelayMs(scope: Scope, targetGroupArn: string): Promise<number> {
  const input = { TargetGroupArn: targetGroupArn };
  const answer = await unlessGone(
    ask<DescribeTargetGroupAttributesCommandOutput>(scope, ELB, 'DescribeTargetGroupAttributes', input),
  );
  const value = answer?.Attributes?.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value;
  return 1000 * (answer ? Number(value ?? DEFAULT_DEREGISTRATION_DELAY_SECONDS) : 0);
}

async function unlessGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AwsFault && /NotFound$|InvalidTarget$/.test(error.code)) return undefined;
    throw error;
  }
}
