import { AwsFault } from '../../kernel/fault.ts';
import type { Operation } from '../../kernel/scope.ts';
import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { instanceTimers } from './instance-timers.ts';
import { natGatewayTimers } from './nat-gateway-timers.ts';
import { operations } from './operations.ts';
import { resources } from './resources.ts';
import { vpcEndpointTimers } from './vpc-endpoint-timers.ts';

export const ec2: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-ec2'),
  client: 'EC2Client',
  operations: Object.fromEntries(Object.entries(operations).map(([name, operation]) => [name, withDryRun(operation)])),
  timers: { ...natGatewayTimers, ...vpcEndpointTimers, ...instanceTimers },
  resources,
};

/** With `DryRun` a call that would succeed is refused with 412, so the transaction takes its changes back. */
function withDryRun(operation: Operation): Operation {
  return async (input, call) => {
    const answer = await operation(input, call);
    if (input.DryRun) {
      throw new AwsFault('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', { status: 412 });
    }
    return answer;
  };
}
