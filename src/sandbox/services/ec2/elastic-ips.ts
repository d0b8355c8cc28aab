import type { Scope } from '../../kernel/scope.ts';
import { freshId } from './ids.ts';
import { addresses, networkInterfaces } from './state.ts';

/** Puts an Elastic IP on an interface, in place of the public address it may have had. Answers with the association's id. */
export function associateElasticIp(scope: Scope, allocationId: string, networkInterfaceId: string): string {
  const AssociationId = freshId('eipassoc');
  const eni = networkInterfaces.in(scope).get(networkInterfaceId)!;
  const { PublicIp } = addresses.in(scope).update(allocationId, (draft) => {
    draft.AssociationId = AssociationId;
    draft.NetworkInterfaceId = networkInterfaceId;
    draft.NetworkInterfaceOwnerId = scope.account;
    draft.PrivateIpAddress = eni.PrivateIpAddress;
    if (eni.Attachment?.InstanceId) draft.InstanceId = eni.Attachment.InstanceId;
  });
  const association = { AllocationId: allocationId, AssociationId, IpOwnerId: scope.account, PublicIp };
  networkInterfaces.in(scope).update(networkInterfaceId, (draft) => {
    draft.Association = association;
    if (draft.PrivateIpAddresses?.[0]) draft.PrivateIpAddresses[0].Association = association;
  });
  return AssociationId;
}

/** Takes an Elastic IP off whatever it is on; it stays allocated. */
export function disassociateElasticIp(scope: Scope, allocationId: string): void {
  const address = addresses.in(scope).get(allocationId);
  if (!address?.AssociationId) return;
  addresses.in(scope).put(allocationId, {
    AllocationId: address.AllocationId,
    PublicIp: address.PublicIp,
    Domain: address.Domain,
    NetworkBorderGroup: address.NetworkBorderGroup,
    PublicIpv4Pool: address.PublicIpv4Pool,
  });
  const eniId = address.NetworkInterfaceId;
  if (!eniId || !networkInterfaces.in(scope).has(eniId)) return;
  networkInterfaces.in(scope).update(eniId, (draft) => {
    delete draft.Association;
    delete draft.PrivateIpAddresses?.[0]?.Association;
  });
}
