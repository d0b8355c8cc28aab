import type { InstanceStateChange, TerminateInstancesRequest, TerminateInstancesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, missingParameter } from '../faults.ts';
import { INSTANCE_STOPS_MS } from '../instance-timers.ts';
import { instances } from '../state.ts';

export const terminateInstances: Operation<TerminateInstancesRequest, TerminateInstancesResult> = (input, call) => {
  if (!input.InstanceIds?.length) throw missingParameter('InstanceId');
  for (const id of input.InstanceIds) {
    const instance = instances.in(call).get(id);
    if (!instance) throw missing.instance(id);
    if (instance.DisableApiTermination) {
      throw new AwsFault(
        'OperationNotPermitted',
        `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
      );
    }
  }
  return {
    TerminatingInstances: input.InstanceIds.map((id): InstanceStateChange => {
      const PreviousState = { ...instances.in(call).get(id)!.State };
      if (PreviousState.Name === 'shutting-down' || PreviousState.Name === 'terminated') {
        return { InstanceId: id, PreviousState, CurrentState: PreviousState };
      }
      instances.in(call).update(id, (draft) => {
        draft.State = { Code: 32, Name: 'shutting-down' };
        draft.StateTransitionReason = 'User initiated';
      });
      call.world.schedule(call, { afterMs: INSTANCE_STOPS_MS, kind: 'ec2.instance-terminated', payload: { id } });
      return { InstanceId: id, PreviousState, CurrentState: { Code: 32, Name: 'shutting-down' } };
    }),
  };
};
