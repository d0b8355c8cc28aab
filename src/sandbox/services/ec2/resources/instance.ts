import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { modifyInstanceAttribute } from '../operations/modify-instance-attribute.ts';
import { runInstances } from '../operations/run-instances.ts';
import { terminateInstances } from '../operations/terminate-instances.ts';
import { shownInstance } from '../shown-instance.ts';
import { instances } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { isGone } from './dependents.ts';
import { asBoolean, tagsFor, withoutSystemTags } from './property-values.ts';

const EVERY_MS = 5_000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html */
export const instance: ResourceProvider = {
  async create(properties, context) {
    const [specification] = (properties.NetworkInterfaces ?? []) as Properties[];
    const { Instances } = await runInstances(
      {
        MinCount: 1,
        MaxCount: 1,
        ImageId: properties.ImageId,
        InstanceType: properties.InstanceType,
        KeyName: properties.KeyName,
        SubnetId: properties.SubnetId,
        SecurityGroupIds: properties.SecurityGroupIds,
        UserData: properties.UserData,
        DisableApiTermination: asBoolean(properties.DisableApiTermination),
        LaunchTemplate: properties.LaunchTemplate,
        PrivateIpAddress: properties.PrivateIpAddress,
        ...(properties.IamInstanceProfile ? { IamInstanceProfile: { Name: properties.IamInstanceProfile } } : {}),
        ...(specification
          ? {
              NetworkInterfaces: [
                {
                  DeviceIndex: 0,
                  SubnetId: specification.SubnetId,
                  Groups: specification.GroupSet,
                  AssociatePublicIpAddress: asBoolean(specification.AssociatePublicIpAddress),
                  NetworkInterfaceId: specification.NetworkInterfaceId,
                },
              ],
            }
          : {}),
      },
      context.call,
    );
    const physicalId = Instances![0]!.InstanceId!;
    await setSourceDestCheck(physicalId, properties, context);
    setTags(context.call, physicalId, 'instance', tagsFor(properties, context));
    return { status: 'pending', physicalId, afterMs: EVERY_MS };
  },
  async update({ before, after, physicalId }, context) {
    await setSourceDestCheck(physicalId, after, context);
    if (JSON.stringify(before.SecurityGroupIds) !== JSON.stringify(after.SecurityGroupIds) && after.SecurityGroupIds) {
      await modifyInstanceAttribute({ InstanceId: physicalId, Groups: after.SecurityGroupIds }, context.call);
    }
    const DisableApiTermination = { Value: asBoolean(after.DisableApiTermination) ?? false };
    await modifyInstanceAttribute({ InstanceId: physicalId, DisableApiTermination }, context.call);
    setTags(context.call, physicalId, 'instance', tagsFor(after, context));
    return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
  },
  async delete(_properties, physicalId, context) {
    try {
      await terminateInstances({ InstanceIds: [physicalId] }, context.call);
    } catch (error) {
      if (isGone(error)) return { status: 'done', physicalId };
      throw error;
    }
    return deletion(physicalId, context);
  },
  check: (step, physicalId, _properties, context) =>
    step === 'delete' ? deletion(physicalId, context) : creation(physicalId, context),
  read(physicalId, _properties, context) {
    const row = instances.in(context.call).get(physicalId);
    if (!row || row.State.Name === 'terminated') return undefined;
    const shown = shownInstance(context.call, row);
    return {
      ...attributesOf(physicalId, context),
      ImageId: row.ImageId,
      InstanceType: row.InstanceType,
      SubnetId: row.SubnetId,
      SourceDestCheck: shown.SourceDestCheck,
      SecurityGroupIds: shown.SecurityGroups?.map(({ GroupId }) => GroupId),
      Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
    };
  },
};

async function setSourceDestCheck(InstanceId: string, properties: Properties, { call }: ResourceContext) {
  const Value = asBoolean(properties.SourceDestCheck) ?? true;
  await modifyInstanceAttribute({ InstanceId, SourceDestCheck: { Value } }, call);
}

function creation(physicalId: string, context: ResourceContext): Progress {
  const state = instances.in(context.call).get(physicalId)?.State.Name;
  if (state === 'pending') return { status: 'pending', physicalId, afterMs: EVERY_MS };
  if (state === 'running') return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
  return {
    status: 'failed',
    physicalId,
    code: 'NotStabilized',
    reason: `Instance ${physicalId} did not stabilize: it is ${state ?? 'gone'}`,
  };
}

function deletion(physicalId: string, { call }: ResourceContext): Progress {
  const state = instances.in(call).get(physicalId)?.State.Name;
  return state === undefined || state === 'terminated'
    ? { status: 'done', physicalId }
    : { status: 'pending', physicalId, afterMs: EVERY_MS };
}

function attributesOf(physicalId: string, { call }: ResourceContext): Properties {
  const row = instances.in(call).get(physicalId)!;
  const shown = shownInstance(call, row);
  return {
    InstanceId: physicalId,
    VpcId: row.VpcId,
    AvailabilityZone: row.Placement?.AvailabilityZone,
    PrivateDnsName: row.PrivateDnsName ?? '',
    PrivateIp: row.PrivateIpAddress,
    PublicDnsName: shown.PublicDnsName ?? '',
    ...(shown.PublicIpAddress ? { PublicIp: shown.PublicIpAddress } : {}),
  };
}
