import { randomBytes } from 'node:crypto';
import type { CreateVpcEndpointRequest, CreateVpcEndpointResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call, Operation } from '../../../kernel/scope.ts';
import { type EndpointService, endpointServicesOf } from '../endpoint-services.ts';
import { addGatewayRoutes, addInterfaces } from '../endpoint-wiring.ts';
import { required } from '../faults.ts';
import { freshId } from '../ids.ts';
import { vpcOf } from '../lookups.ts';
import { revived } from '../rows.ts';
import { type VpcEndpointRow, type VpcRow, vpcEndpoints } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';
import { ENDPOINT_STARTS_MS } from '../vpc-endpoint-timers.ts';

const DEFAULT_POLICY = JSON.stringify(
  { Statement: [{ Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' }] },
  undefined,
  2,
);

export const createVpcEndpoint: Operation<CreateVpcEndpointRequest, CreateVpcEndpointResult> = (input, call) => {
  const vpc = vpcOf(call, required(input.VpcId, 'vpcId'));
  const service = serviceOf(call, input);
  const tags = requestedTags(input.TagSpecifications, 'vpc-endpoint');
  const isInterface = service.type === 'Interface';
  const privateDns = isInterface && (input.PrivateDnsEnabled ?? true);
  if (privateDns) checkPrivateDns(call, vpc, service);

  const id = freshId('vpce');
  const policy = input.PolicyDocument ?? DEFAULT_POLICY;
  vpcEndpoints.in(call).put(id, {
    VpcEndpointId: id,
    VpcEndpointType: service.type,
    VpcId: vpc.VpcId,
    ServiceName: service.name,
    ServiceRegion: call.region,
    State: isInterface ? 'pending' : 'available',
    PolicyDocument: policy,
    RouteTableIds: [],
    SubnetIds: [],
    Groups: [],
    NetworkInterfaceIds: [],
    DnsEntries: [],
    ...(isInterface ? { IpAddressType: 'ipv4' as const, DnsOptions: { DnsRecordIpType: 'ipv4' as const } } : {}),
    PrivateDnsEnabled: privateDns,
    RequesterManaged: false,
    CreationTimestamp: call.world.clock.stamp(),
    OwnerId: call.account,
  });
  if (isInterface) {
    addInterfaces(call, id, input.SubnetIds ?? [], input.SecurityGroupIds ?? []);
    vpcEndpoints.in(call).update(id, (draft) => {
      draft.DnsEntries = dnsEntries(call, draft, service);
    });
    call.world.schedule(call, { afterMs: ENDPOINT_STARTS_MS, kind: 'ec2.vpc-endpoint-available', payload: { id } });
  } else {
    addGatewayRoutes(call, id, input.RouteTableIds ?? []);
  }
  putTags(call, id, 'vpc-endpoint', tags);
  return {
    VpcEndpoint: { ...revived<object>(vpcEndpoints.in(call).get(id)), Tags: tags },
    ...(input.ClientToken ? { ClientToken: input.ClientToken } : {}),
  };
};

function serviceOf(call: Call, input: CreateVpcEndpointRequest): EndpointService {
  const name = required(input.ServiceName, 'serviceName');
  const type = input.VpcEndpointType ?? 'Gateway';
  const named = endpointServicesOf(call.region).filter((service) => service.name === name);
  if (named.length === 0) {
    throw new AwsFault('InvalidServiceName', `The Vpc Endpoint Service '${name}' does not exist`);
  }
  const service = named.find((each) => each.type === type);
  if (!service) {
    throw new AwsFault(
      'InvalidParameter',
      `Endpoint type (${type}) does not match available service types ([${named.map((each) => each.type).join(', ')}]).`,
    );
  }
  return service;
}

function checkPrivateDns(call: Call, vpc: VpcRow, service: EndpointService): void {
  if (!vpc.EnableDnsSupport || !vpc.EnableDnsHostnames) {
    throw new AwsFault(
      'InvalidParameter',
      `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.VpcId}`,
    );
  }
  const conflict = vpcEndpoints
    .in(call)
    .values()
    .some((each) => each.VpcId === vpc.VpcId && each.ServiceName === service.name && each.PrivateDnsEnabled);
  if (conflict) {
    throw new AwsFault(
      'InvalidParameter',
      `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${service.privateDnsName} in the VPC ${vpc.VpcId}`,
    );
  }
}

function dnsEntries(call: Call, endpoint: VpcEndpointRow, service: EndpointService) {
  const own = `${endpoint.VpcEndpointId}-${randomBytes(4).toString('hex')}`;
  const suffix = `${service.name.replace(`com.amazonaws.${call.region}.`, '')}.${call.region}.vpce.amazonaws.com`;
  return [
    { DnsName: `${own}.${suffix}`, HostedZoneId: 'Z7HUB22UULQXV' },
    ...(endpoint.PrivateDnsEnabled
      ? [{ DnsName: service.privateDnsName!, HostedZoneId: 'Z00000000000000000000' }]
      : []),
  ];
}
