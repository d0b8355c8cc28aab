import type { DeleteScalingPolicyRequest } from '@aws-sdk/client-application-auto-scaling';
import type { Operation } from '../../../kernel/scope.ts';
import { deleteAlarms } from '../../monitoring/operations/delete-alarms.ts';
import { policies } from '../state.ts';
import { checkName, unknown } from '../target-key.ts';
import { policyKey } from './put-scaling-policy.ts';

/** The alarms of a target tracking policy go with it. */
export const deleteScalingPolicy: Operation<DeleteScalingPolicyRequest, Record<never, never>> = async (input, call) => {
  checkName(input);
  const row = policies.in(call).get(policyKey(input));
  if (!row) throw unknown('No scaling policy', input, `, policy name: ${input.PolicyName}`);
  const AlarmNames = (row.Alarms ?? []).flatMap(({ AlarmName }) => AlarmName ?? []);
  if (AlarmNames.length > 0) await deleteAlarms({ AlarmNames }, call);
  policies.in(call).delete(policyKey(input));
  return {};
};
