import type { DeleteNetworkInterfaceRequest } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, required } from '../faults.ts';
import { deleteNetworkInterfaceOf } from '../network-interfaces.ts';
import { networkInterfaces } from '../state.ts';

export const deleteNetworkInterface: Operation<DeleteNetworkInterfaceRequest, Record<never, never>> = (input, call) => {
  const id = required(input.NetworkInterfaceId, 'networkInterfaceId');
  const row = networkInterfaces.in(call).get(id);
  if (!row) throw missing.networkInterface(id);
  if (row.RequesterManaged) {
    throw new AwsFault('OperationNotPermitted', 'You are not allowed to manage this network interface.');
  }
  if (row.Status === 'in-use') {
    throw new AwsFault('InvalidParameterValue', `Network interface '${id}' is currently in use.`);
  }
  deleteNetworkInterfaceOf(call, id);
  return {};
};
