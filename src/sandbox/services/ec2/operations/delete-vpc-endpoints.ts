import type { DeleteVpcEndpointsRequest, DeleteVpcEndpointsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { removeGatewayRoutes } from '../endpoint-wiring.ts';
import { missing, missingParameter } from '../faults.ts';
import { vpcEndpoints } from '../state.ts';
import { dropTags } from '../tagging.ts';
import { ENDPOINT_STOPS_MS } from '../vpc-endpoint-timers.ts';

/** Unknown ids are told in the answer, which is a success all the same. */
export const deleteVpcEndpoints: Operation<DeleteVpcEndpointsRequest, DeleteVpcEndpointsResult> = (input, call) => {
  if (!input.VpcEndpointIds?.length) throw missingParameter('VpcEndpointId');
  const unknown = input.VpcEndpointIds.filter((id) => !vpcEndpoints.in(call).has(id));
  for (const id of input.VpcEndpointIds) {
    const endpoint = vpcEndpoints.in(call).get(id);
    if (!endpoint || endpoint.State === 'deleting') continue;
    if (endpoint.VpcEndpointType === 'Gateway') {
      removeGatewayRoutes(call, id, endpoint.RouteTableIds);
      dropTags(call, id);
      vpcEndpoints.in(call).delete(id);
      continue;
    }
    vpcEndpoints.in(call).update(id, (draft) => {
      draft.State = 'deleting';
      draft.PrivateDnsEnabled = false;
    });
    call.world.schedule(call, { afterMs: ENDPOINT_STOPS_MS, kind: 'ec2.vpc-endpoint-deleted', payload: { id } });
  }
  return {
    Unsuccessful: unknown.map((id) => {
      const { code, message } = missing.vpcEndpoint(id);
      return { ResourceId: id, Error: { Code: code, Message: message } };
    }),
  };
};
