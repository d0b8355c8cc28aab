import type { AttachInternetGatewayRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, required } from '../faults.ts';
import { internetGatewayOf, vpcOf } from '../lookups.ts';
import { internetGateways } from '../state.ts';

export const attachInternetGateway: Operation<AttachInternetGatewayRequest, Record<never, never>> = (input, call) => {
  const id = required(input.InternetGatewayId, 'internetGatewayId');
  const { VpcId } = vpcOf(call, required(input.VpcId, 'vpcId'));
  const gateway = internetGateways.in(call).get(id);
  if (!gateway) throw missing.internetGateway(id);
  const other = gateway.Attachments[0];
  if (other) {
    throw new AwsFault('Resource.AlreadyAssociated', `resource ${id} is already attached to network ${other.VpcId}`);
  }
  if (internetGatewayOf(call, VpcId)) {
    throw new AwsFault('InvalidParameterValue', `Network ${VpcId} already has an internet gateway attached`);
  }
  internetGateways.in(call).update(id, (draft) => {
    // EC2 says `available` for gateways of the internet, which the SDK's enum does not have.
    draft.Attachments = [{ VpcId, State: 'available' as 'attached' }];
  });
  return {};
};
