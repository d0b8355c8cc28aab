import type { StartInstancesRequest, StartInstancesResult } from '@aws-sdk/client-ec2';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, missingParameter } from '../faults.ts';
import { INSTANCE_STARTS_MS } from '../instance-timers.ts';
import { instances } from '../state.ts';

export const startInstances: Operation<StartInstancesRequest, StartInstancesResult> = (input, call) => {
  if (!input.InstanceIds?.length) throw missingParameter('InstanceId');
  return {
    StartingInstances: input.InstanceIds.map((id) => {
      const instance = instances.in(call).get(id);
      if (!instance) throw missing.instance(id);
      const PreviousState = { ...instance.State };
      if (PreviousState.Name === 'running' || PreviousState.Name === 'pending') {
        return { InstanceId: id, PreviousState, CurrentState: PreviousState };
      }
      if (PreviousState.Name !== 'stopped') {
        throw new AwsFault(
          'IncorrectInstanceState',
          `The instance '${id}' is not in a state from which it can be started.`,
        );
      }
      instances.in(call).update(id, (draft) => {
        draft.State = { Code: 0, Name: 'pending' };
      });
      call.world.schedule(call, { afterMs: INSTANCE_STARTS_MS, kind: 'ec2.instance-running', payload: { id } });
      return { InstanceId: id, PreviousState, CurrentState: { Code: 0, Name: 'pending' } };
    }),
  };
};
