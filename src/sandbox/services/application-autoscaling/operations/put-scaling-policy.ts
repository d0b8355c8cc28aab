import { randomUUID } from 'node:crypto';
import type { PutScalingPolicyRequest, PutScalingPolicyResponse } from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { type PolicyRow, policies } from '../state.ts';
import { checkName, invalid, targetKey, targetOf } from '../target-key.ts';
import { putTrackingAlarms } from '../tracking-alarms.ts';

export const policyKey = (
  policy: Pick<PutScalingPolicyRequest, 'PolicyName' | 'ServiceNamespace' | 'ResourceId' | 'ScalableDimension'>,
) => `${targetKey(policy)}|${policy.PolicyName}`;

export const putScalingPolicy: Operation<PutScalingPolicyRequest, PutScalingPolicyResponse> = async (input, call) => {
  checkName(input);
  if (!input.PolicyName)
    throw invalid(
      "1 validation error detected: Value null at 'policyName' failed to satisfy constraint: Member must not be null",
    );
  targetOf(call, input);
  const key = policyKey(input);
  const before = policies.in(call).get(key);
  const PolicyType = input.PolicyType ?? before?.PolicyType ?? 'StepScaling';
  if (before && before.PolicyType !== PolicyType)
    throw invalid('The policy type of a scaling policy cannot be changed');
  const tracking = input.TargetTrackingScalingPolicyConfiguration;
  if (PolicyType === 'TargetTrackingScaling' && !tracking)
    throw invalid('TargetTrackingScalingPolicyConfiguration must be specified');
  if (PolicyType === 'StepScaling' && !input.StepScalingPolicyConfiguration)
    throw invalid('StepScalingPolicyConfiguration must be specified');
  if (PolicyType === 'PredictiveScaling') throw invalid('The sandbox does not simulate predictive scaling');
  if (tracking && !(tracking.TargetValue! > 0)) throw invalid('TargetValue must be greater than 0');

  const row: PolicyRow = {
    PolicyARN:
      before?.PolicyARN ??
      `arn:aws:autoscaling:${call.region}:${call.account}:scalingPolicy:${randomUUID()}:resource/${input.ServiceNamespace}/${input.ResourceId}:policyName/${input.PolicyName}`,
    PolicyName: input.PolicyName,
    ServiceNamespace: input.ServiceNamespace!,
    ResourceId: input.ResourceId!,
    ScalableDimension: input.ScalableDimension!,
    PolicyType,
    ...(tracking ? { TargetTrackingScalingPolicyConfiguration: tracking } : {}),
    ...(input.StepScalingPolicyConfiguration
      ? { StepScalingPolicyConfiguration: input.StepScalingPolicyConfiguration }
      : {}),
    Alarms: before?.Alarms ?? [],
    createdAt: before?.createdAt ?? call.world.clock.stamp(),
  };
  const Alarms = tracking ? await putTrackingAlarms(row, call) : [];
  policies.in(call).put(key, { ...row, Alarms });
  return { PolicyARN: row.PolicyARN, Alarms };
};
