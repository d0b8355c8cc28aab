import type { Reservation, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { defaultVpcOf } from '../default-vpc.ts';
import { missingParameter, notSimulated, required } from '../faults.ts';
import { freshId } from '../ids.ts';
import { type PublicImage, publicImagesOf } from '../images.ts';
import { INSTANCE_STARTS_MS } from '../instance-timers.ts';
import { subnetOf } from '../lookups.ts';
import { createNetworkInterfaceFor } from '../network-interfaces.ts';
import { shownInstance } from '../shown-instance.ts';
import { type InstanceRow, instances, type NetworkInterfaceRow, subnets } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

/** https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html: family, generation, options and size. */
const TYPE = /^[a-z]+\d+[a-z0-9-]*\.(nano|micro|small|medium|large|\d*xlarge|metal[\w-]*)$/;

export const runInstances: Operation<RunInstancesRequest, Reservation> = (input, call) => {
  if (input.LaunchTemplate) throw notSimulated('launch templates');
  const image = imageOf(call, required(input.ImageId, 'ImageId'));
  const type = input.InstanceType ?? 'm1.small';
  if (!TYPE.test(type)) {
    throw new AwsFault('InvalidParameterValue', `Invalid value '${type}' for InstanceType.`);
  }
  const { MinCount, MaxCount } = input;
  if (MinCount === undefined) throw missingParameter('MinCount');
  if (MaxCount === undefined) throw missingParameter('MaxCount');
  if (MinCount > MaxCount || MinCount < 1) {
    throw new AwsFault('InvalidParameterValue', `Value (${MinCount}) for parameter minCount is invalid.`);
  }
  const tags = requestedTags(input.TagSpecifications, 'instance');
  const ReservationId = freshId('r');
  const rows = Array.from({ length: MaxCount }, (_, index) =>
    launch(call, { ...input, InstanceType: type }, image, { ReservationId, index }),
  );
  for (const { InstanceId } of rows) putTags(call, InstanceId, 'instance', tags);
  return { ReservationId, OwnerId: call.account, Groups: [], Instances: rows.map((row) => shownInstance(call, row)) };
};

function imageOf(call: Call, id: string): PublicImage {
  if (!/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)) {
    throw new AwsFault('InvalidAMIID.Malformed', `Invalid id: "${id}" (expecting "ami-...")`);
  }
  const image = publicImagesOf(call.region).find((each) => each.id === id);
  if (!image) throw new AwsFault('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`);
  return image;
}

function launch(
  call: Call,
  input: RunInstancesRequest,
  image: PublicImage,
  { ReservationId, index }: { ReservationId: string; index: number },
): InstanceRow {
  const InstanceId = freshId('i');
  const eni = interfaceFor(call, input, InstanceId);
  const row = instances.in(call).put(InstanceId, {
    InstanceId,
    ReservationId,
    AmiLaunchIndex: index,
    ImageId: image.id,
    Architecture: image.architecture,
    InstanceType: input.InstanceType,
    DisableApiTermination: input.DisableApiTermination ?? false,
    EbsOptimized: input.EbsOptimized ?? false,
    EnaSupport: true,
    Hypervisor: 'xen',
    ...(input.IamInstanceProfile?.Arn ? { IamInstanceProfile: { Arn: input.IamInstanceProfile.Arn } } : {}),
    ...(input.IamInstanceProfile?.Name
      ? {
          IamInstanceProfile: { Arn: `arn:aws:iam::${call.account}:instance-profile/${input.IamInstanceProfile.Name}` },
        }
      : {}),
    ...(input.KeyName ? { KeyName: input.KeyName } : {}),
    LaunchTime: call.world.clock.stamp(),
    MetadataOptions: {
      State: 'applied',
      HttpTokens: input.MetadataOptions?.HttpTokens ?? 'required',
      HttpEndpoint: input.MetadataOptions?.HttpEndpoint ?? 'enabled',
      HttpPutResponseHopLimit: input.MetadataOptions?.HttpPutResponseHopLimit ?? 2,
    },
    Monitoring: { State: input.Monitoring?.Enabled ? 'enabled' : 'disabled' },
    NetworkInterfaces: [{ NetworkInterfaceId: eni.NetworkInterfaceId }],
    Placement: { AvailabilityZone: eni.AvailabilityZone, Tenancy: 'default' },
    PlatformDetails: 'Linux/UNIX',
    PrivateIpAddress: eni.PrivateIpAddress,
    ...(eni.PrivateDnsName ? { PrivateDnsName: eni.PrivateDnsName } : {}),
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    State: { Code: 0, Name: 'pending' },
    SubnetId: eni.SubnetId,
    VpcId: eni.VpcId,
    VirtualizationType: 'hvm',
    ...(input.UserData ? { UserData: input.UserData } : {}),
  });
  call.world.schedule(call, { afterMs: INSTANCE_STARTS_MS, kind: 'ec2.instance-running', payload: { id: InstanceId } });
  return row;
}

function interfaceFor(call: Call, input: RunInstancesRequest, instanceId: string): NetworkInterfaceRow {
  const specification = input.NetworkInterfaces?.[0];
  if (specification?.NetworkInterfaceId) throw notSimulated('launching on an existing network interface');
  const subnetId = specification?.SubnetId ?? input.SubnetId ?? defaultSubnetId(call);
  const subnet = subnetOf(call, subnetId);
  const privateIp = specification?.PrivateIpAddress ?? input.PrivateIpAddress;
  return createNetworkInterfaceFor(call, {
    subnetId,
    groupIds: specification?.Groups ?? input.SecurityGroupIds ?? [],
    description: specification?.Description ?? '',
    instanceId,
    publicAddress: specification?.AssociatePublicIpAddress ?? subnet.MapPublicIpOnLaunch ?? false,
    ...(privateIp ? { privateIpAddress: privateIp } : {}),
  });
}

function defaultSubnetId(call: Call): string {
  const vpc = defaultVpcOf(call);
  const subnet = subnets
    .in(call)
    .values()
    .find(({ VpcId, DefaultForAz }) => VpcId === vpc?.VpcId && DefaultForAz);
  if (!subnet) {
    throw new AwsFault('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
  }
  return subnet.SubnetId;
}
