import { randomBytes } from 'node:crypto';
import type {
  RegisterScalableTargetRequest,
  RegisterScalableTargetResponse,
} from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { desiredCountOf, ENFORCE_MS, roleArn } from '../ecs-capacity.ts';
import { tags, targets } from '../state.ts';
import { checkName, invalid, targetKey } from '../target-key.ts';

/** Registers, or changes what is given of a registered target. Capacity outside the bounds is corrected soon after. */
export const registerScalableTarget: Operation<RegisterScalableTargetRequest, RegisterScalableTargetResponse> = async (
  input,
  call,
) => {
  checkName(input);
  const { ServiceNamespace, ResourceId, ScalableDimension } = input;
  const key = targetKey(input);
  const before = targets.in(call).get(key);
  const MinCapacity = input.MinCapacity ?? before?.MinCapacity;
  const MaxCapacity = input.MaxCapacity ?? before?.MaxCapacity;
  if (MinCapacity === undefined || MaxCapacity === undefined) {
    throw invalid('MinCapacity and MaxCapacity must be specified when registering a new scalable target');
  }
  if (MinCapacity < 0) throw invalid('Minimum capacity cannot be negative');
  if (MaxCapacity < MinCapacity) throw invalid('Maximum capacity cannot be less than minimum capacity');
  if (ServiceNamespace === 'ecs') {
    if (!/^service\/[\w-]+\/[\w-]+$/.test(ResourceId!) || ScalableDimension !== 'ecs:service:DesiredCount') {
      throw invalid('Unsupported service namespace, resource type or scalable dimension');
    }
    if ((await desiredCountOf(call, ResourceId!)) === undefined) {
      throw invalid(`ECS service doesn't exist: ${ResourceId}`);
    }
  }

  const ScalableTargetARN =
    before?.ScalableTargetARN ??
    `arn:aws:application-autoscaling:${call.region}:${call.account}:scalable-target/${randomBytes(10).toString('hex')}`;
  targets.in(call).put(key, {
    ServiceNamespace: ServiceNamespace!,
    ResourceId: ResourceId!,
    ScalableDimension: ScalableDimension!,
    MinCapacity,
    MaxCapacity,
    // A role of the caller's own is taken and then not used: the service-linked role is.
    RoleARN: roleArn(call, ServiceNamespace!),
    ScalableTargetARN,
    createdAt: before?.createdAt ?? call.world.clock.stamp(),
    SuspendedState: {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
      ...before?.SuspendedState,
      ...input.SuspendedState,
    },
  });
  if (input.Tags && !before) tags.in(call).put(ScalableTargetARN, input.Tags);
  call.world.schedule(call, { afterMs: ENFORCE_MS, kind: 'application-autoscaling.enforce', payload: { key } });
  return { ScalableTargetARN };
};
