import type { Scope } from '../../kernel/scope.ts';
import {
  instances,
  internetGateways,
  natGateways,
  networkInterfaces,
  type RouteTableRow,
  vpcEndpoints,
} from './state.ts';

/** A route whose target is gone stays and swallows packets. */
export function routeState(
  scope: Scope,
  vpcId: string,
  route: RouteTableRow['Routes'][number],
): 'active' | 'blackhole' {
  return isAlive(scope, vpcId, route) ? 'active' : 'blackhole';
}

function isAlive(scope: Scope, vpcId: string, route: RouteTableRow['Routes'][number]): boolean {
  if (route.GatewayId === 'local') return true;
  if (route.GatewayId?.startsWith('vpce-')) return vpcEndpoints.in(scope).has(route.GatewayId);
  if (route.GatewayId) {
    const gateway = internetGateways.in(scope).get(route.GatewayId);
    return gateway?.Attachments.some((attachment) => attachment.VpcId === vpcId) ?? false;
  }
  if (route.NatGatewayId) {
    const state = natGateways.in(scope).get(route.NatGatewayId)?.State;
    return state === 'pending' || state === 'available';
  }
  if (route.InstanceId) return instances.in(scope).get(route.InstanceId)?.State.Name === 'running';
  if (route.NetworkInterfaceId) return networkInterfaces.in(scope).has(route.NetworkInterfaceId);
  return true;
}
