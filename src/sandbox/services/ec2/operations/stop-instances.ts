import type { StopInstancesRequest, StopInstancesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, missingParameter } from '../faults.ts';
import { INSTANCE_STOPS_MS } from '../instance-timers.ts';
import { instances } from '../state.ts';

export const stopInstances: Operation<StopInstancesRequest, StopInstancesResult> = (input, call) => {
  if (!input.InstanceIds?.length) throw missingParameter('InstanceId');
  return {
    StoppingInstances: input.InstanceIds.map((id) => {
      const instance = instances.in(call).get(id);
      if (!instance) throw missing.instance(id);
      const PreviousState = { ...instance.State };
      if (PreviousState.Name === 'stopped' || PreviousState.Name === 'stopping') {
        return { InstanceId: id, PreviousState, CurrentState: PreviousState };
      }
      if (PreviousState.Name !== 'running') {
        throw new AwsFault(
          'IncorrectInstanceState',
          `This instance '${id}' is not in a state from which it can be stopped.`,
        );
      }
      instances.in(call).update(id, (draft) => {
        draft.State = { Code: 64, Name: 'stopping' };
      });
      call.world.schedule(call, { afterMs: INSTANCE_STOPS_MS, kind: 'ec2.instance-stopped', payload: { id } });
      return { InstanceId: id, PreviousState, CurrentState: { Code: 64, Name: 'stopping' } };
    }),
  };
};
