import type { ModifyInstanceAttributeRequest } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, notSimulated, required } from '../faults.ts';
import { setNetworkInterfaceGroups } from '../network-interfaces.ts';
import { instances, networkInterfaces } from '../state.ts';

export const modifyInstanceAttribute: Operation<ModifyInstanceAttributeRequest, Record<never, never>> = (
  input,
  call,
) => {
  const id = required(input.InstanceId, 'instanceId');
  const instance = instances.in(call).get(id);
  if (!instance) throw missing.instance(id);
  const { SourceDestCheck, DisableApiTermination, Groups } = input;
  if (!SourceDestCheck && !DisableApiTermination && !Groups) throw notSimulated('this instance attribute');
  const eni = instance.NetworkInterfaces[0]!.NetworkInterfaceId!;
  if (SourceDestCheck) {
    networkInterfaces.in(call).update(eni, (draft) => {
      draft.SourceDestCheck = SourceDestCheck.Value ?? true;
    });
  }
  if (Groups) setNetworkInterfaceGroups(call, eni, Groups);
  if (DisableApiTermination) {
    instances.in(call).update(id, (draft) => {
      draft.DisableApiTermination = DisableApiTermination.Value ?? false;
    });
  }
  return {};
};
