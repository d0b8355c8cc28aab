import type { DetachInternetGatewayRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, required } from '../faults.ts';
import { vpcOf } from '../lookups.ts';
import { internetGateways, networkInterfaces } from '../state.ts';

export const detachInternetGateway: Operation<DetachInternetGatewayRequest, Record<never, never>> = (input, call) => {
  const id = required(input.InternetGatewayId, 'internetGatewayId');
  const { VpcId } = vpcOf(call, required(input.VpcId, 'vpcId'));
  const gateway = internetGateways.in(call).get(id);
  if (!gateway) throw missing.internetGateway(id);
  if (!gateway.Attachments.some((attachment) => attachment.VpcId === VpcId)) {
    throw new AwsFault('Gateway.NotAttached', `resource ${id} is not attached to network ${VpcId}`);
  }
  if (
    networkInterfaces
      .in(call)
      .values()
      .some((row) => row.VpcId === VpcId && row.Association?.PublicIp)
  ) {
    throw new AwsFault(
      'DependencyViolation',
      `Network ${VpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
  }
  internetGateways.in(call).update(id, (draft) => {
    draft.Attachments = [];
  });
  return {};
};
