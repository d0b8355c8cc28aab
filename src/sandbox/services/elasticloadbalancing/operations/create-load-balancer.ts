import { randomInt } from 'node:crypto';
import type { CreateLoadBalancerInput, CreateLoadBalancerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { defaultGroupOf } from '../../ec2/lookups.ts';
import { ensureServiceLinkedRole } from '../../iam/operations/service-linked-roles.ts';
import { loadBalancerArn } from '../arns.ts';
import { LOAD_BALANCER_ATTRIBUTES } from '../attributes.ts';
import { notSimulated, required } from '../faults.ts';
import { hostedZoneOf } from '../hosted-zones.ts';
import { PROVISIONING_MS } from '../load-balancer-timers.ts';
import { checkName } from '../names.ts';
import { checkGroups, interfacesFor, placement } from '../placement.ts';
import { shownLoadBalancer } from '../shown.ts';
import { loadBalancers } from '../state.ts';
import { putTags, validTags } from '../tagging.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const BALANCERS_PER_REGION = 50;

/** Asked again with the same name and settings it answers with what is there; with other settings it is refused. */
export const createLoadBalancer: Operation<CreateLoadBalancerInput, CreateLoadBalancerOutput> = (input, call) => {
  const name = required(input.Name, 'name');
  checkName(name, 'Load balancer');
  const type = input.Type ?? 'application';
  if (type !== 'application') throw notSimulated(`load balancers of type ${type}`);
  const tags = validTags(input.Tags);
  const scheme = input.Scheme ?? 'internet-facing';
  const subnets = placement(call, { ...input, Scheme: scheme });
  const VpcId = subnets[0]!.VpcId;
  const groups = input.SecurityGroups?.length ? input.SecurityGroups : [defaultGroupOf(call, VpcId).GroupId];
  checkGroups(call, VpcId, groups);

  const same = loadBalancers
    .in(call)
    .values()
    .find(({ LoadBalancerName }) => LoadBalancerName === name);
  if (same) {
    const sameSubnets = same.AvailabilityZones.every(({ SubnetId }) =>
      subnets.some((row) => row.SubnetId === SubnetId),
    );
    if (same.Scheme === scheme && sameSubnets && same.AvailabilityZones.length === subnets.length) {
      return { LoadBalancers: [shownLoadBalancer(same)] };
    }
    throw new AwsFault(
      'DuplicateLoadBalancerName',
      `A load balancer with the same name '${name}' exists, but with different settings`,
    );
  }
  if (loadBalancers.in(call).size >= BALANCERS_PER_REGION) {
    throw new AwsFault('TooManyLoadBalancers', 'The maximum number of load balancers has been reached.');
  }

  // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html: made with the first.
  ensureServiceLinkedRole('elasticloadbalancing.amazonaws.com', call);
  const LoadBalancerArn = loadBalancerArn(call, name);
  const row = loadBalancers.in(call).put(LoadBalancerArn, {
    LoadBalancerArn,
    LoadBalancerName: name,
    DNSName: `${scheme === 'internal' ? 'internal-' : ''}${name}-${randomInt(10 ** 8, 2 ** 31)}.${call.region}.elb.amazonaws.com`,
    CanonicalHostedZoneId: hostedZoneOf(call.region),
    Scheme: scheme,
    VpcId,
    Type: 'application',
    IpAddressType: input.IpAddressType ?? 'ipv4',
    AvailabilityZones: subnets.map(({ AvailabilityZone, SubnetId }) => ({
      ZoneName: AvailabilityZone,
      SubnetId,
      LoadBalancerAddresses: [],
    })),
    SecurityGroups: groups,
    createdAt: call.world.clock.stamp(),
    state: 'provisioning',
    attributes: { ...LOAD_BALANCER_ATTRIBUTES },
    networkInterfaceIds: interfacesFor(
      call,
      { LoadBalancerArn, Scheme: scheme },
      subnets.map(({ SubnetId }) => SubnetId),
      groups,
    ),
  });
  putTags(call, LoadBalancerArn, tags);
  call.world.schedule(call, {
    afterMs: PROVISIONING_MS,
    kind: 'elasticloadbalancing.active',
    payload: { arn: LoadBalancerArn },
  });
  return { LoadBalancers: [shownLoadBalancer(row)] };
};
