import { randomUUID } from 'node:crypto';
import type { DescribeServicesCommandOutput } from '@aws-sdk/client-ecs';
import { AwsFault } from '../../kernel/fault.ts';
import type { Call, Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { SERVICES } from '../registry.ts';
import { activities, type TargetRow, targets } from './state.ts';

/** Application Auto Scaling looks at new bounds within the minute. */
export const ENFORCE_MS = 30_000;

/** How many tasks an ECS service wants; undefined when there is no such service. */
export async function desiredCountOf(scope: Scope, resourceId: string): Promise<number | undefined> {
  const [, cluster, service] = resourceId.split('/');
  try {
    const answer = await ask<DescribeServicesCommandOutput>(scope, 'DescribeServices', {
      cluster,
      services: [service],
    });
    const found = answer?.services?.find(({ status }) => status === 'ACTIVE');
    return found?.desiredCount;
  } catch (error) {
    if (error instanceof AwsFault) return undefined;
    throw error;
  }
}

export const capacityTimers: Readonly<Record<string, TimerHandler>> = {
  'application-autoscaling.enforce': async ({ key }: { key: string }, scope) => {
    const target = targets.in(scope).get(key);
    if (target) await enforce(scope, target);
  },
};

/** Brings a service back into the bounds of its target, and writes down that it did. */
async function enforce(scope: Scope, target: TargetRow): Promise<void> {
  if (target.ServiceNamespace !== 'ecs') return;
  const before = await desiredCountOf(scope, target.ResourceId);
  if (before === undefined) return;
  const wanted = Math.min(Math.max(before, target.MinCapacity), target.MaxCapacity);
  if (wanted === before) return;
  const isIn = wanted < before;
  if (isIn && target.SuspendedState?.DynamicScalingInSuspended) return;
  if (!isIn && target.SuspendedState?.DynamicScalingOutSuspended) return;
  const [, cluster, service] = target.ResourceId.split('/');
  await ask(scope, 'UpdateService', { cluster, service, desiredCount: wanted });
  const bound = isIn
    ? `maximum capacity was set to ${target.MaxCapacity}`
    : `minimum capacity was set to ${target.MinCapacity}`;
  const ActivityId = randomUUID();
  const now = scope.world.clock.stamp();
  activities.in(scope).put(ActivityId, {
    ActivityId,
    ServiceNamespace: target.ServiceNamespace,
    ResourceId: target.ResourceId,
    ScalableDimension: target.ScalableDimension,
    Description: `Setting desired count to ${wanted}.`,
    Cause: bound,
    StatusCode: 'Successful',
    StatusMessage: `Successfully set desired count to ${wanted}. Change successfully fulfilled by ecs.`,
    startedAt: now,
    endedAt: now,
  });
}

/** Calls ECS as the service-linked role does, within this transaction. */
async function ask<Output>(scope: Scope, operation: string, input: unknown): Promise<Output | undefined> {
  const call: Call = {
    world: scope.world,
    account: scope.account,
    region: scope.region,
    requestId: randomUUID(),
    endpoint: 'http://127.0.0.1',
    principal: roleArn(scope, 'ecs'),
  };
  return (await SERVICES.ecs?.())?.operations[operation]?.(input, call) as Output | undefined;
}

const ROLES: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDBTable',
  ecs: 'ECSService',
  lambda: 'LambdaConcurrency',
  rds: 'RDSCluster',
};

/** https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html */
export const roleArn = ({ account }: Scope, namespace: string): string =>
  `arn:aws:iam::${account}:role/aws-service-role/${namespace}.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_${ROLES[namespace] ?? namespace}`;
