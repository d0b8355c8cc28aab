import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { defaultGroupOf, routeTableOf, securityGroupOf, subnetOf } from './lookups.ts';
import {
  createNetworkInterfaceFor,
  deleteNetworkInterfaceOf,
  setNetworkInterfaceGroups,
} from './network-interfaces.ts';
import { prefixListsOf } from './prefix-lists.ts';
import { networkInterfaces, routeTables, vpcEndpoints } from './state.ts';

/** A gateway endpoint is a route to the service's prefix list in each of its tables. */
export function addGatewayRoutes(scope: Scope, id: string, routeTableIds: readonly string[]): void {
  const endpoint = vpcEndpoints.in(scope).get(id)!;
  const list = prefixListsOf(scope.region).find(({ name }) => name === endpoint.ServiceName)!;
  for (const tableId of routeTableIds) {
    const table = routeTableOf(scope, tableId);
    if (table.VpcId !== endpoint.VpcId) {
      throw new AwsFault('InvalidParameter', `Route table ${tableId} does not belong to VPC ${endpoint.VpcId}.`);
    }
    if (table.Routes.some(({ DestinationPrefixListId }) => DestinationPrefixListId === list.id)) {
      throw new AwsFault(
        'RouteAlreadyExists',
        `route table ${tableId} already has a route with destination-prefix-list-id ${list.id}`,
      );
    }
    routeTables.in(scope).update(tableId, (draft) => {
      draft.Routes.push({ DestinationPrefixListId: list.id, GatewayId: id, Origin: 'CreateRoute', State: 'active' });
    });
    vpcEndpoints.in(scope).update(id, (draft) => {
      draft.RouteTableIds.push(tableId);
    });
  }
}

export function removeGatewayRoutes(scope: Scope, id: string, routeTableIds: readonly string[]): void {
  for (const tableId of routeTableIds) {
    if (!routeTables.in(scope).has(tableId)) continue;
    routeTables.in(scope).update(tableId, (draft) => {
      draft.Routes = draft.Routes.filter(({ GatewayId }) => GatewayId !== id);
    });
  }
  vpcEndpoints.in(scope).update(id, (draft) => {
    draft.RouteTableIds = draft.RouteTableIds.filter((tableId) => !routeTableIds.includes(tableId));
  });
}

/** An interface endpoint has an interface in each of its subnets, at most one per zone. */
export function addInterfaces(
  scope: Scope,
  id: string,
  subnetIds: readonly string[],
  groupIds: readonly string[],
): void {
  const endpoint = vpcEndpoints.in(scope).get(id)!;
  const groups = (groupIds.length > 0 ? groupIds : [defaultGroupOf(scope, endpoint.VpcId).GroupId]).map((groupId) => {
    const { GroupId, GroupName } = securityGroupOf(scope, groupId);
    return { GroupId, GroupName };
  });
  for (const subnetId of subnetIds) {
    const subnet = subnetOf(scope, subnetId);
    if (subnet.VpcId !== endpoint.VpcId) {
      throw new AwsFault('InvalidParameter', `Subnet ${subnetId} does not belong to VPC ${endpoint.VpcId}.`);
    }
    const taken = vpcEndpoints
      .in(scope)
      .get(id)!
      .SubnetIds.map((other) => subnetOf(scope, other).AvailabilityZone);
    if (taken.includes(subnet.AvailabilityZone)) {
      throw new AwsFault(
        'DuplicateSubnetsInSameZone',
        `Found another VPC endpoint subnet in the availability zone of ${subnetId}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`,
      );
    }
    const eni = createNetworkInterfaceFor(scope, {
      subnetId,
      groupIds: groups.map(({ GroupId }) => GroupId),
      description: `VPC Endpoint Interface ${id}`,
      type: 'vpc_endpoint',
      requesterManaged: true,
    });
    vpcEndpoints.in(scope).update(id, (draft) => {
      draft.SubnetIds.push(subnetId);
      draft.NetworkInterfaceIds.push(eni.NetworkInterfaceId);
    });
  }
  vpcEndpoints.in(scope).update(id, (draft) => {
    draft.Groups = groups;
  });
}

export function removeInterfaces(scope: Scope, id: string, subnetIds: readonly string[]): void {
  const endpoint = vpcEndpoints.in(scope).get(id)!;
  const gone = endpoint.NetworkInterfaceIds.filter((eni) =>
    subnetIds.includes(networkInterfaces.in(scope).get(eni)?.SubnetId ?? ''),
  );
  for (const eni of gone) deleteNetworkInterfaceOf(scope, eni);
  vpcEndpoints.in(scope).update(id, (draft) => {
    draft.SubnetIds = draft.SubnetIds.filter((subnetId) => !subnetIds.includes(subnetId));
    draft.NetworkInterfaceIds = draft.NetworkInterfaceIds.filter((eni) => !gone.includes(eni));
  });
}

export function setEndpointGroups(scope: Scope, id: string, groupIds: readonly string[]): void {
  const endpoint = vpcEndpoints.in(scope).get(id)!;
  for (const eni of endpoint.NetworkInterfaceIds) setNetworkInterfaceGroups(scope, eni, groupIds);
  vpcEndpoints.in(scope).update(id, (draft) => {
    draft.Groups = groupIds.map((groupId) => {
      const { GroupId, GroupName } = securityGroupOf(scope, groupId);
      return { GroupId, GroupName };
    });
  });
}
