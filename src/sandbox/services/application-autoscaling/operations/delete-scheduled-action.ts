import type { DeleteScheduledActionRequest } from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { actions } from '../state.ts';
import { checkName, unknown } from '../target-key.ts';
import { actionKey } from './put-scheduled-action.ts';

export const deleteScheduledAction: Operation<DeleteScheduledActionRequest, Record<never, never>> = (input, call) => {
  checkName(input);
  const row = actions.in(call).get(actionKey(input));
  if (!row) throw unknown('No scheduled action', input, `, scheduled action name: ${input.ScheduledActionName}`);
  if (row.timer) call.world.cancel(row.timer);
  actions.in(call).delete(actionKey(input));
  return {};
};
