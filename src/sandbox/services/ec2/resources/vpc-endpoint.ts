import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createVpcEndpoint } from '../operations/create-vpc-endpoint.ts';
import { deleteVpcEndpoints } from '../operations/delete-vpc-endpoints.ts';
import { modifyVpcEndpoint } from '../operations/modify-vpc-endpoint.ts';
import { vpcEndpoints } from '../state.ts';
import { setTags, tagsOf } from '../tagging.ts';
import { asBoolean, asDocument, tagsFor, withoutSystemTags } from './property-values.ts';

const EVERY_MS = 15_000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html */
export const vpcEndpoint: ResourceProvider = {
  async create(properties, context) {
    const type = properties.VpcEndpointType ?? 'Gateway';
    const { VpcEndpoint } = await createVpcEndpoint(
      {
        VpcId: properties.VpcId,
        ServiceName: properties.ServiceName,
        VpcEndpointType: type,
        PolicyDocument: asDocument(properties.PolicyDocument),
        RouteTableIds: properties.RouteTableIds,
        SubnetIds: properties.SubnetIds,
        SecurityGroupIds: properties.SecurityGroupIds,
        // CloudFormation leaves private names off unless the template asks for them, the API turns them on.
        PrivateDnsEnabled: asBoolean(properties.PrivateDnsEnabled) ?? false,
      },
      context.call,
    );
    const physicalId = VpcEndpoint!.VpcEndpointId!;
    setTags(context.call, physicalId, 'vpc-endpoint', tagsFor(properties, context));
    return creation(physicalId, context);
  },
  async update({ before, after, physicalId }, context) {
    const change = (name: string) => {
      const [old, wanted] = [(before[name] ?? []) as string[], (after[name] ?? []) as string[]];
      return [wanted.filter((id) => !old.includes(id)), old.filter((id) => !wanted.includes(id))] as const;
    };
    const [AddRouteTableIds, RemoveRouteTableIds] = change('RouteTableIds');
    const [AddSubnetIds, RemoveSubnetIds] = change('SubnetIds');
    const [AddSecurityGroupIds, RemoveSecurityGroupIds] = change('SecurityGroupIds');
    await modifyVpcEndpoint(
      {
        VpcEndpointId: physicalId,
        AddRouteTableIds,
        RemoveRouteTableIds,
        AddSubnetIds,
        RemoveSubnetIds,
        AddSecurityGroupIds,
        RemoveSecurityGroupIds,
        PolicyDocument: asDocument(after.PolicyDocument),
        PrivateDnsEnabled: asBoolean(after.PrivateDnsEnabled),
      },
      context.call,
    );
    setTags(context.call, physicalId, 'vpc-endpoint', tagsFor(after, context));
    return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
  },
  async delete(_properties, physicalId, context) {
    await deleteVpcEndpoints({ VpcEndpointIds: [physicalId] }, context.call);
    return deletion(physicalId, context);
  },
  check: (step, physicalId, _properties, context) =>
    step === 'delete' ? deletion(physicalId, context) : creation(physicalId, context),
  read(physicalId, _properties, context) {
    const row = vpcEndpoints.in(context.call).get(physicalId);
    return (
      row && {
        ...attributesOf(physicalId, context),
        VpcId: row.VpcId,
        ServiceName: row.ServiceName,
        VpcEndpointType: row.VpcEndpointType,
        PrivateDnsEnabled: row.PrivateDnsEnabled,
        RouteTableIds: row.RouteTableIds,
        SubnetIds: row.SubnetIds,
        SecurityGroupIds: row.Groups.map(({ GroupId }) => GroupId),
        Tags: withoutSystemTags(tagsOf(context.call, physicalId), context),
      }
    );
  },
};

function creation(physicalId: string, context: ResourceContext): Progress {
  const state = vpcEndpoints.in(context.call).get(physicalId)?.State;
  if (state === 'pending') return { status: 'pending', physicalId, afterMs: EVERY_MS };
  return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
}

const deletion = (physicalId: string, { call }: ResourceContext): Progress =>
  vpcEndpoints.in(call).has(physicalId)
    ? { status: 'pending', physicalId, afterMs: EVERY_MS }
    : { status: 'done', physicalId };

function attributesOf(physicalId: string, { call }: ResourceContext): Properties {
  const row = vpcEndpoints.in(call).get(physicalId);
  return {
    Id: physicalId,
    NetworkInterfaceIds: row?.NetworkInterfaceIds ?? [],
    DnsEntries: (row?.DnsEntries ?? []).map(({ HostedZoneId, DnsName }) => `${HostedZoneId}:${DnsName}`),
    ...(row?.CreationTimestamp ? { CreationTimestamp: new Date(row.CreationTimestamp).toISOString() } : {}),
  };
}
