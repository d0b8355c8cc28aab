import type { CreateVpcRequest, CreateVpcResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { quotaOf } from '../../servicequotas/state.ts';
import { formatCidr, parseCidr } from '../cidr.ts';
import { ensureDefaultVpc, putVpc } from '../default-vpc.ts';
import { invalidValue, missingParameter, notSimulated } from '../faults.ts';
import { revived } from '../rows.ts';
import { vpcs } from '../state.ts';
import { putTags, requestedTags } from '../tagging.ts';

export const createVpc: Operation<CreateVpcRequest, CreateVpcResult> = (input, call) => {
  ensureDefaultVpc(call);
  if (input.AmazonProvidedIpv6CidrBlock || input.Ipv6CidrBlock || input.Ipv4IpamPoolId || input.Ipv6IpamPoolId) {
    throw notSimulated('IPv6 and IPAM pools');
  }
  if (!input.CidrBlock) throw missingParameter('cidrBlock');
  const block = parseCidr(input.CidrBlock);
  if (!block) throw invalidValue(input.CidrBlock, 'cidrBlock', 'This is not a valid CIDR block.');
  if (block.prefix < 16 || block.prefix > 28) {
    throw new AwsFault('InvalidVpc.Range', `The CIDR '${input.CidrBlock}' is invalid.`);
  }
  const tags = requestedTags(input.TagSpecifications, 'vpc');
  if (vpcs.in(call).size >= quotaOf(call, 'vpc', 'L-F678F1CE')) {
    throw new AwsFault('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
  }

  const tenancy = input.InstanceTenancy === 'dedicated' ? 'dedicated' : 'default';
  const row = putVpc(call, { cidr: formatCidr(block), isDefault: false, tenancy });
  putTags(call, row.VpcId, 'vpc', tags);
  const { EnableDnsSupport: _, EnableDnsHostnames: __, EnableNetworkAddressUsageMetrics: ___, ...vpc } = row;
  return { Vpc: { ...revived<object>(vpc), State: 'pending', Tags: tags } };
};
