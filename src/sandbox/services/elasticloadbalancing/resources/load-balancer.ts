import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { fullName } from '../arns.ts';
import { createLoadBalancer } from '../operations/create-load-balancer.ts';
import { deleteLoadBalancer } from '../operations/delete-load-balancer.ts';
import { modifyLoadBalancerAttributes } from '../operations/modify-load-balancer-attributes.ts';
import { setSecurityGroups } from '../operations/set-security-groups.ts';
import { setSubnets } from '../operations/set-subnets.ts';
import { loadBalancers } from '../state.ts';
import { namedAttributes, ownTags, tagLike } from './property-values.ts';

const EVERY_MS = 15_000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticloadbalancingv2-loadbalancer.html */
export const loadBalancer: ResourceProvider = {
  async create(properties, context) {
    const { LoadBalancers } = await createLoadBalancer(
      {
        Name: properties.Name ?? context.generateName({ maxLength: 32 }),
        Type: properties.Type,
        Scheme: properties.Scheme,
        Subnets: properties.Subnets,
        SubnetMappings: properties.SubnetMappings,
        SecurityGroups: properties.SecurityGroups,
        IpAddressType: properties.IpAddressType,
      },
      context.call,
    );
    const physicalId = LoadBalancers![0]!.LoadBalancerArn!;
    await setAttributes(physicalId, properties, context);
    tagLike(properties, physicalId, context);
    return creation(physicalId, context);
  },
  async update({ before, after, physicalId }, context) {
    const LoadBalancerArn = physicalId;
    const changed = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
    if (changed('SecurityGroups') && after.SecurityGroups) {
      await setSecurityGroups({ LoadBalancerArn, SecurityGroups: after.SecurityGroups }, context.call);
    }
    if (changed('Subnets') || changed('SubnetMappings')) {
      await setSubnets({ LoadBalancerArn, Subnets: after.Subnets, SubnetMappings: after.SubnetMappings }, context.call);
    }
    await setAttributes(physicalId, after, context);
    tagLike(after, physicalId, context);
    return { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };
  },
  async delete(_properties, physicalId, { call }) {
    await deleteLoadBalancer({ LoadBalancerArn: physicalId }, call);
    return { status: 'done', physicalId };
  },
  check: (_step, physicalId, _properties, context) => creation(physicalId, context),
  read(physicalId, properties, context) {
    const row = loadBalancers.in(context.call).get(physicalId);
    return (
      row && {
        ...attributesOf(physicalId, context),
        Name: row.LoadBalancerName,
        Scheme: row.Scheme,
        Type: row.Type,
        IpAddressType: row.IpAddressType,
        Subnets: row.AvailabilityZones.map(({ SubnetId }) => SubnetId),
        LoadBalancerAttributes: namedAttributes(properties.LoadBalancerAttributes, row.attributes),
        Tags: ownTags(physicalId, context),
      }
    );
  },
};

async function setAttributes(LoadBalancerArn: string, properties: Properties, { call }: ResourceContext) {
  const Attributes = ((properties.LoadBalancerAttributes ?? []) as Properties[]).map(({ Key, Value }) => ({
    Key,
    Value: String(Value),
  }));
  if (Attributes.length > 0) await modifyLoadBalancerAttributes({ LoadBalancerArn, Attributes }, call);
}

const creation = (physicalId: string, context: ResourceContext): Progress =>
  loadBalancers.in(context.call).get(physicalId)?.state === 'provisioning'
    ? { status: 'pending', physicalId, afterMs: EVERY_MS }
    : { status: 'done', physicalId, attributes: attributesOf(physicalId, context) };

function attributesOf(physicalId: string, { call }: ResourceContext): Properties {
  const row = loadBalancers.in(call).get(physicalId)!;
  return {
    LoadBalancerArn: physicalId,
    LoadBalancerFullName: fullName(physicalId),
    LoadBalancerName: row.LoadBalancerName,
    DNSName: row.DNSName,
    CanonicalHostedZoneID: row.CanonicalHostedZoneId,
    SecurityGroups: row.SecurityGroups,
  };
}
