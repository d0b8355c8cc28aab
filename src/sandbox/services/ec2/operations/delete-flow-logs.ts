import type { DeleteFlowLogsRequest, DeleteFlowLogsResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { missing, missingParameter } from '../faults.ts';
import { flowLogs } from '../state.ts';
import { dropTags } from '../tagging.ts';

export const deleteFlowLogs: Operation<DeleteFlowLogsRequest, DeleteFlowLogsResult> = (input, call) => {
  if (!input.FlowLogIds?.length) throw missingParameter('FlowLogId');
  const absent = input.FlowLogIds.find((id) => !flowLogs.in(call).has(id));
  if (absent !== undefined) throw missing.flowLog(absent);
  for (const id of input.FlowLogIds) {
    dropTags(call, id);
    flowLogs.in(call).delete(id);
  }
  return { Unsuccessful: [] };
};
