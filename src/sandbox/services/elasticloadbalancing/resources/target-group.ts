import type { CreateTargetGroupInput, TargetDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { fullName } from '../arns.ts';
import { loadBalancersOf } from '../in-use.ts';
import { createTargetGroup } from '../operations/create-target-group.ts';
import { deleteTargetGroup } from '../operations/delete-target-group.ts';
import { deregisterTargets } from '../operations/deregister-targets.ts';
import { modifyTargetGroup } from '../operations/modify-target-group.ts';
import { modifyTargetGroupAttributes } from '../operations/modify-target-group-attributes.ts';
import { registerTargets } from '../operations/register-targets.ts';
import { targetGroups } from '../state.ts';
import { asBoolean, asNumber, namedAttributes, ownTags, tagLike } from './property-values.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-targetgroup.html */
export const targetGroup: ResourceProvider = {
  async create(properties, context) {
    const { TargetGroups } = await createTargetGroup(
      {
        Name: properties.Name ?? context.generateName({ maxLength: 32 }),
        Port: asNumber(properties.Port),
        Protocol: properties.Protocol,
        ProtocolVersion: properties.ProtocolVersion,
        VpcId: properties.VpcId,
        TargetType: properties.TargetType,
        IpAddressType: properties.IpAddressType,
        ...healthOf(properties),
      },
      context.call,
    );
    const physicalId = TargetGroups![0]!.TargetGroupArn!;
    await setAttributes(physicalId, properties, context);
    const wanted = targetsFrom(properties);
    if (wanted.length > 0) await registerTargets({ TargetGroupArn: physicalId, Targets: wanted }, context.call);
    tagLike(properties, physicalId, context);
    return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
  },
  async update({ before, after, physicalId }, context) {
    const { call } = context;
    await modifyTargetGroup({ TargetGroupArn: physicalId, ...healthOf(after) }, call);
    await setAttributes(physicalId, after, context);
    const key = ({ Id, Port }: TargetDescription) => `${Id}:${Port}`;
    const [old, wanted] = [targetsFrom(before), targetsFrom(after)];
    const gone = old.filter((target) => !wanted.some((each) => key(each) === key(target)));
    if (gone.length > 0) await deregisterTargets({ TargetGroupArn: physicalId, Targets: gone }, call);
    const added = wanted.filter((target) => !old.some((each) => key(each) === key(target)));
    if (added.length > 0) await registerTargets({ TargetGroupArn: physicalId, Targets: added }, call);
    tagLike(after, physicalId, context);
    return { status: 'done', physicalId };
  },
  async delete(_properties, physicalId, { call }) {
    await deleteTargetGroup({ TargetGroupArn: physicalId }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, context) {
    const row = targetGroups.in(context.call).get(physicalId);
    if (!row) return undefined;
    const { TargetGroupArn: _, TargetGroupName, attributes, ...live } = row;
    return {
      ...attributesOf(physicalId, context),
      ...live,
      Name: TargetGroupName,
      TargetGroupAttributes: namedAttributes(properties.TargetGroupAttributes, attributes),
      Tags: ownTags(physicalId, context),
    };
  },
};

const healthOf = (properties: Properties): Partial<CreateTargetGroupInput> => ({
  HealthCheckEnabled: asBoolean(properties.HealthCheckEnabled),
  HealthCheckProtocol: properties.HealthCheckProtocol,
  HealthCheckPort: properties.HealthCheckPort === undefined ? undefined : String(properties.HealthCheckPort),
  HealthCheckPath: properties.HealthCheckPath,
  HealthCheckIntervalSeconds: asNumber(properties.HealthCheckIntervalSeconds),
  HealthCheckTimeoutSeconds: asNumber(properties.HealthCheckTimeoutSeconds),
  HealthyThresholdCount: asNumber(properties.HealthyThresholdCount),
  UnhealthyThresholdCount: asNumber(properties.UnhealthyThresholdCount),
  Matcher: properties.Matcher,
});

async function setAttributes(TargetGroupArn: string, properties: Properties, { call }: ResourceContext) {
  const Attributes = ((properties.TargetGroupAttributes ?? []) as Properties[]).map(({ Key, Value }) => ({
    Key,
    Value: String(Value),
  }));
  if (Attributes.length > 0) await modifyTargetGroupAttributes({ TargetGroupArn, Attributes }, call);
}

const targetsFrom = ({ Targets = [] }: Properties): TargetDescription[] =>
  (Targets as Properties[]).map(({ Id, Port, AvailabilityZone }) => ({ Id, Port: asNumber(Port), AvailabilityZone }));

const attributesOf = (physicalId: string, { call }: ResourceContext): Properties => ({
  TargetGroupArn: physicalId,
  TargetGroupFullName: fullName(physicalId),
  TargetGroupName: targetGroups.in(call).get(physicalId)!.TargetGroupName,
  LoadBalancerArns: loadBalancersOf(call, physicalId),
});
