import type { DeleteInternetGatewayRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { dependencyViolation, missing, required } from '../faults.ts';
import { internetGateways } from '../state.ts';
import { dropTags } from '../tagging.ts';

export const deleteInternetGateway: Operation<DeleteInternetGatewayRequest, Record<never, never>> = (input, call) => {
  const id = required(input.InternetGatewayId, 'internetGatewayId');
  const gateway = internetGateways.in(call).get(id);
  if (!gateway) throw missing.internetGateway(id);
  if (gateway.Attachments.length > 0) throw dependencyViolation('internetGateway', id);
  dropTags(call, id);
  internetGateways.in(call).delete(id);
  return {};
};
