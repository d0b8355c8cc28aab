import type {
  PutScalingPolicyRequest,
  TargetTrackingScalingPolicyConfiguration,
} from '@aws-sdk/client-application-auto-scaling';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { deleteScalingPolicy } from '../operations/delete-scaling-policy.ts';
import { putScalingPolicy } from '../operations/put-scaling-policy.ts';
import { policies } from '../state.ts';
import { splitTargetId } from './scalable-target.ts';

/** `Ref` is the ARN: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalingpolicy.html */
export const scalingPolicy: ResourceProvider = {
  create: (properties, context) => put(properties, context),
  update: ({ after }, context) => put(after, context),
  async delete(_properties, physicalId, context) {
    const row = policyOf(physicalId, context);
    if (row) await deleteScalingPolicy(row, context.call);
    return { status: 'done', physicalId };
  },
  read(physicalId, _properties, context) {
    const row = policyOf(physicalId, context);
    if (!row) return undefined;
    const { PolicyARN, createdAt: _, Alarms: __, ...live } = row;
    return { Arn: PolicyARN, ...live };
  },
};

const policyOf = (arn: string, { call }: ResourceContext) =>
  policies
    .in(call)
    .values()
    .find(({ PolicyARN }) => PolicyARN === arn);

async function put(properties: Properties, { call }: ResourceContext) {
  const name = properties.ScalingTargetId
    ? splitTargetId(properties.ScalingTargetId)
    : {
        ServiceNamespace: properties.ServiceNamespace,
        ResourceId: properties.ResourceId,
        ScalableDimension: properties.ScalableDimension,
      };
  const { PolicyARN } = await putScalingPolicy(
    {
      ...name,
      PolicyName: properties.PolicyName,
      PolicyType: properties.PolicyType,
      TargetTrackingScalingPolicyConfiguration: trackingOf(properties.TargetTrackingScalingPolicyConfiguration),
      StepScalingPolicyConfiguration: properties.StepScalingPolicyConfiguration,
    } as PutScalingPolicyRequest,
    call,
  );
  return { status: 'done' as const, physicalId: PolicyARN!, attributes: { Arn: PolicyARN } };
}

/** Numbers and booleans that a template wrote as text. */
function trackingOf(config: Properties | undefined): TargetTrackingScalingPolicyConfiguration | undefined {
  if (!config) return undefined;
  const number = (value: unknown) => (value === undefined ? undefined : Number(value));
  return {
    TargetValue: number(config.TargetValue),
    PredefinedMetricSpecification: config.PredefinedMetricSpecification,
    CustomizedMetricSpecification: config.CustomizedMetricSpecification,
    ScaleInCooldown: number(config.ScaleInCooldown),
    ScaleOutCooldown: number(config.ScaleOutCooldown),
    ...(config.DisableScaleIn === undefined ? {} : { DisableScaleIn: String(config.DisableScaleIn) === 'true' }),
  };
}
