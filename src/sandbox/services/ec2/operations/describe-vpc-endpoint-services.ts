import type { DescribeVpcEndpointServicesRequest, DescribeVpcEndpointServicesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { zonesOf } from '../availability-zones.ts';
import { type EndpointService, endpointServicesOf } from '../endpoint-services.ts';
import { type Fields, matchesAll, onePage } from '../select.ts';

const FIELDS: Fields<EndpointService> = {
  'service-name': ({ name }) => name,
  'service-type': ({ type }) => type,
  owner: () => 'amazon',
};

export const describeVpcEndpointServices: Operation<
  DescribeVpcEndpointServicesRequest,
  DescribeVpcEndpointServicesResult
> = (input, call) => {
  const all = endpointServicesOf(call.region);
  const unknown = input.ServiceNames?.find((name) => !all.some((service) => service.name === name));
  if (unknown !== undefined) {
    throw new AwsFault('InvalidServiceName', `The Vpc Endpoint Service '${unknown}' does not exist`);
  }
  const { items, next } = onePage(
    all
      .filter(({ name }) => !input.ServiceNames?.length || input.ServiceNames.includes(name))
      .filter((service) => matchesAll(input.Filters, service, FIELDS, () => [])),
    input,
  );
  return {
    ServiceNames: items.map(({ name }) => name),
    ServiceDetails: items.map(({ name, type, privateDnsName }) => ({
      ServiceName: name,
      ServiceType: [{ ServiceType: type }],
      AvailabilityZones: zonesOf(call.region).map((zone) => zone.name),
      Owner: 'amazon',
      VpcEndpointPolicySupported: true,
      AcceptanceRequired: false,
      ManagesVpcEndpoints: false,
      ...(privateDnsName
        ? { PrivateDnsName: privateDnsName, PrivateDnsNames: [{ PrivateDnsName: privateDnsName }] }
        : {}),
      Tags: [],
    })),
    NextToken: next,
  };
};
