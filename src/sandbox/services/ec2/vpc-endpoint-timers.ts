import type { TimerHandler } from '../../kernel/service-definition.ts';
import { removeInterfaces } from './endpoint-wiring.ts';
import { vpcEndpoints } from './state.ts';
import { dropTags } from './tagging.ts';

/** CloudFormation and Terraform logs that people post show one to two minutes for either way. */
export const ENDPOINT_STARTS_MS = 90_000;
export const ENDPOINT_STOPS_MS = 90_000;

export const vpcEndpointTimers: Readonly<Record<string, TimerHandler>> = {
  'ec2.vpc-endpoint-available': ({ id }: { id: string }, scope) => {
    if (vpcEndpoints.in(scope).get(id)?.State !== 'pending') return;
    vpcEndpoints.in(scope).update(id, (draft) => {
      draft.State = 'available';
    });
  },
  'ec2.vpc-endpoint-deleted': ({ id }: { id: string }, scope) => {
    const endpoint = vpcEndpoints.in(scope).get(id);
    if (!endpoint) return;
    removeInterfaces(scope, id, endpoint.SubnetIds);
    dropTags(scope, id);
    vpcEndpoints.in(scope).delete(id);
  },
};
