import type { ModifyNetworkInterfaceAttributeRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, required } from '../faults.ts';
import { setNetworkInterfaceGroups } from '../network-interfaces.ts';
import { networkInterfaces } from '../state.ts';

export const modifyNetworkInterfaceAttribute: Operation<
  ModifyNetworkInterfaceAttributeRequest,
  Record<never, never>
> = (input, call) => {
  const id = required(input.NetworkInterfaceId, 'networkInterfaceId');
  if (!networkInterfaces.in(call).has(id)) throw missing.networkInterface(id);
  if (input.Groups?.length) setNetworkInterfaceGroups(call, id, input.Groups);
  networkInterfaces.in(call).update(id, (draft) => {
    if (input.SourceDestCheck) draft.SourceDestCheck = input.SourceDestCheck.Value ?? true;
    if (input.Description) draft.Description = input.Description.Value ?? '';
  });
  return {};
};
