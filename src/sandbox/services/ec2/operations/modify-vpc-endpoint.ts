import type { ModifyVpcEndpointRequest, ModifyVpcEndpointResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import {
  addGatewayRoutes,
  addInterfaces,
  removeGatewayRoutes,
  removeInterfaces,
  setEndpointGroups,
} from '../endpoint-wiring.ts';
import { missing, required } from '../faults.ts';
import { vpcEndpoints } from '../state.ts';

export const modifyVpcEndpoint: Operation<ModifyVpcEndpointRequest, ModifyVpcEndpointResult> = (input, call) => {
  const id = required(input.VpcEndpointId, 'vpcEndpointId');
  const endpoint = vpcEndpoints.in(call).get(id);
  if (!endpoint) throw missing.vpcEndpoint(id);
  const groups = endpoint.Groups.map(({ GroupId }) => GroupId!);
  removeGatewayRoutes(call, id, input.RemoveRouteTableIds ?? []);
  addGatewayRoutesIfAny();
  removeInterfaces(call, id, input.RemoveSubnetIds ?? []);
  if (input.AddSubnetIds?.length) addInterfaces(call, id, input.AddSubnetIds, groups);
  if (input.AddSecurityGroupIds?.length || input.RemoveSecurityGroupIds?.length) {
    const kept = groups.filter((group) => !input.RemoveSecurityGroupIds?.includes(group));
    setEndpointGroups(call, id, [...new Set([...kept, ...(input.AddSecurityGroupIds ?? [])])]);
  }
  vpcEndpoints.in(call).update(id, (draft) => {
    if (input.PolicyDocument) draft.PolicyDocument = input.PolicyDocument;
    if (input.ResetPolicy) {
      draft.PolicyDocument = '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}]}';
    }
    if (input.PrivateDnsEnabled !== undefined) draft.PrivateDnsEnabled = input.PrivateDnsEnabled;
  });
  return { Return: true };

  function addGatewayRoutesIfAny(): void {
    if (input.AddRouteTableIds?.length) addGatewayRoutes(call, id, input.AddRouteTableIds);
  }
};
