import type {
  DeleteTrailCommandInput,
  StartLoggingCommandInput,
  StopLoggingCommandInput,
} from '@aws-sdk/client-cloudtrail';
import type { Call } from '../../../kernel/scope.ts';
import { ownTrail } from '../refusals.ts';
import { trails } from '../state.ts';

/** What it would record is not written anywhere: no proof of ours reads it. */
export function startLogging({ Name }: StartLoggingCommandInput, call: Call) {
  trails(call).update(ownTrail(Name, call).arn, (draft) => {
    draft.logging = true;
    draft.startedAt = call.world.clock.stamp();
  });
  return {};
}

export function stopLogging({ Name }: StopLoggingCommandInput, call: Call) {
  trails(call).update(ownTrail(Name, call).arn, (draft) => {
    draft.logging = false;
    draft.stoppedAt = call.world.clock.stamp();
  });
  return {};
}

/** Its bucket stays. */
export function deleteTrail({ Name }: DeleteTrailCommandInput, call: Call) {
  trails(call).delete(ownTrail(Name, call).arn);
  return {};
}
